using ScaleFunctions.Core.Journal;
using ScaleFunctions.Core.Journal.Facts;

namespace ScaleFunctions.Core.State;

/// <summary>How a person's choice of a kept set of policies comes into the fleet's row, and how it ends.</summary>
public static class ChoiceTransitions
{
    /// <summary>Notes what the files say, which is not what is in force while another set was chosen or the files wait.</summary>
    public static FleetRow SeeFiles(this FleetRow row, string version) =>
        row.PolicyFilesVersion == version ? row : row with { PolicyFilesVersion = version };

    /// <summary>A person puts a kept set in the place of what the files say.</summary>
    public static FleetRow ChoosePolicies(this FleetRow row, string version, string by, string reason, DateTimeOffset now)
    {
        // What a person names counts for all at once, and is most often the way back.
        row = row.EndRollout($"{by} chose {Short(version)}", now, by);
        var files = row.PolicyFilesVersion.Length > 0 ? row.PolicyFilesVersion : row.PolicyVersion;
        return (row with { Choice = new ChosenPolicies(version, files, by, reason, now) }).Tell(
            now, JournalKind.Policies, by,
            $"policy set {Short(version)} was chosen by {by} until the files change from {Short(files)}: {reason}",
            new PolicyFacts(version, 0, []), FactsJson.Default.PolicyFacts);
    }

    /// <summary>The choice is over, and what the files say counts again.</summary>
    /// <param name="row">The row before.</param>
    /// <param name="why">In words that go on after "is over:".</param>
    /// <param name="now">When.</param>
    /// <param name="actor">Who ended it.</param>
    public static FleetRow EndChoice(this FleetRow row, string why, DateTimeOffset now, string actor) => row.Choice is not { } over ? row :
        (row with { Choice = null }).Tell(
            now, JournalKind.Policies, actor, $"the choice of policy set {Short(over.Version)} by {over.By} is over: {why}",
            new PolicyFacts(over.Version, 0, []), FactsJson.Default.PolicyFacts);

    private static string Short(string version) => version.Length > 12 ? version[..12] : version;
}
