/**
 * Which instance this is, and its Region.
 *
 * <p>Start at {@link dev.bosky.identity.ThisInstance}: the id named by the user, else what
 * cloud-init wrote down in this boot, else the metadata service. Files come first because they need
 * no network, work on any cloud, and are there in a container that the metadata service's hop limit
 * shuts out. Very early in a boot there may be neither file nor service: that is "not known yet",
 * an empty answer and no error, and every provider may be asked again at no cost.
 */
package dev.bosky.identity;
