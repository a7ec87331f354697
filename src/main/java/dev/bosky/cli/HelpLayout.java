package dev.bosky.cli;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/**
 * How commands show their help: each has {@code --help}, and shows its own options only. The
 * options common to all are listed once, in the help of {@code bosky} itself.
 */
final class HelpLayout {
  private static final VersionProvider VERSION = new VersionProvider();

  private HelpLayout() {}

  /** Sets it for the commands below this one, and for those below them. */
  static void applyBelow(CommandLine parent) {
    for (CommandLine command : parent.getSubcommands().values()) {
      command.getCommandSpec().mixinStandardHelpOptions(true).versionProvider(VERSION);
      UsageMessageSpec usage = command.getCommandSpec().usageMessage();
      usage.abbreviateSynopsis(true).sortOptions(false).autoWidth(true);
      command.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_OPTION_LIST, HelpLayout::own);
      command
          .getHelpSectionMap()
          .put(
              UsageMessageSpec.SECTION_KEY_END_OF_OPTIONS,
              help -> "Common options: bosky --help" + System.lineSeparator());
      applyBelow(command);
    }
  }

  private static String own(Help help) {
    List<OptionSpec> own =
        help.commandSpec().options().stream()
            .filter(option -> !option.inherited() && !option.hidden())
            .toList();
    Help.Layout layout = help.createDefaultLayout();
    layout.addOptions(own, help.parameterLabelRenderer());
    return layout.toString();
  }
}
