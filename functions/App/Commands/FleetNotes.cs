using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.State;

namespace ScaleFunctions.App.Commands;

/// <summary>Which policies a state goes by, in sentences, for verbs that decide.</summary>
internal static class FleetNotes
{
    /// <summary>A changed set on its way from ring to ring; nothing when there is none.</summary>
    public static string? Rollout(FleetRow fleet) => fleet.Rollout switch
    {
        null => null,
        { Halt: { } halt } open =>
            $"rollout: the policy set {Short(open.Next)} is halted in the ring '{open.Current.Name}' by {halt.By}, and {Short(open.Before)} counts for all: {halt.Why}; "
            + "'rollout promote' lets it go on",
        var open =>
            $"rollout: the policy set {Short(open.Next)} counts for the ring '{open.Current.Name}' since {open.Since:yyyy-MM-dd HH:mm}, with {DurationText.Of(open.SoakLeft)} of its soak left, "
            + $"and {Short(open.Before)} for all others; see 'rollout status'",
    };

    /// <summary>Why what is in force may be something else than the files say, for a verb that goes by the files.</summary>
    public static IEnumerable<string> BesideFiles(FleetRow fleet, string directory)
    {
        if (fleet.Choice is { } choice)
        {
            yield return $"{choice.By} chose another policy set, {Short(choice.Version)}, which counts until the files change; this goes by the files in {directory}";
        }

        if (fleet.PolicyTrouble is { } trouble)
        {
            yield return $"the policy files could not be used since {trouble.Since:yyyy-MM-dd HH:mm}, and {Short(trouble.Version)} is in force: {trouble.Why}; this goes by the files in {directory}";
        }

        if (fleet.Narrowing is { } narrowing)
        {
            yield return $"{narrowing.Text}; this goes by the files in {directory}";
        }

        if (Rollout(fleet) is { } rollout)
        {
            yield return $"{rollout}; this goes by the files in {directory} for all";
        }
    }

    private static string Short(string version) => version.Length > 12 ? version[..12] : version;
}
