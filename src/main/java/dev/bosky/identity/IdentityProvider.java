package dev.bosky.identity;

import java.util.Optional;

/** Finds out which instance this is. */
public interface IdentityProvider {
  /**
   * Looks once. Cheap to call again; blocks no longer than the timeouts of {@link MetadataService}.
   * Any thread may call it.
   *
   * @return what is known, with an instance id; empty if even the id is not known yet
   */
  Optional<InstanceIdentity> find();
}
