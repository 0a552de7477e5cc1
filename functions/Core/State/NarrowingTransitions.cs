using ScaleFunctions.Core.Journal;
using ScaleFunctions.Core.Journal.Facts;
using ScaleFunctions.Core.Policies;

namespace ScaleFunctions.Core.State;

/// <summary>How policies that would govern far fewer resources wait in the fleet's row, and how that ends.</summary>
public static class NarrowingTransitions
{
    /// <summary>Notes that a set waits, and asks a person; once for each set.</summary>
    public static FleetRow Narrow(this FleetRow row, string version, SelectionLoss loss, DateTimeOffset now, string actor)
    {
        if (row.Narrowing?.Version == version)
        {
            return row;
        }

        var narrowing = new NarrowedPolicies(version, loss, now) { ChosenBy = row.Choice?.Version == version ? row.Choice.By : null };
        return (row with { Narrowing = narrowing })
            .MakeVoid(ApprovalKind.Policies, narrowing.ChosenBy is null ? "the policy files have changed again" : $"{narrowing.Subject} came in between", now, actor)
            .Tell(now, JournalKind.Policies, actor, narrowing.Text, new PolicyFacts(version, 0, []), FactsJson.Default.PolicyFacts)
            .Ask(ApprovalTransitions.Request(
                ApprovalKind.Policies, $"policies that {loss.Text} come into force", actor, now));
    }

    /// <summary>A person says that it is meant.</summary>
    /// <exception cref="InvalidOperationException">Nothing waits.</exception>
    public static FleetRow ConfirmNarrowing(this FleetRow row, string by) =>
        row with { Narrowing = (row.Narrowing ?? throw new InvalidOperationException("No policies wait")) with { ConfirmedBy = by } };

    /// <summary>A person says that it is a slip.</summary>
    public static FleetRow DenyNarrowing(this FleetRow row, string by) =>
        row.Narrowing is { } open ? row with { Narrowing = open with { DeniedBy = by } } : row;

    /// <summary>Nothing waits any more: the set came into force, or the files changed.</summary>
    /// <param name="row">The row before.</param>
    /// <param name="version">The set in force.</param>
    /// <param name="now">When.</param>
    /// <param name="actor">Who notes it.</param>
    public static FleetRow EndNarrowing(this FleetRow row, string version, DateTimeOffset now, string actor) => row.Narrowing is not { } over ? row :
        (row with { Narrowing = null }).MakeVoid(ApprovalKind.Policies, "no policies wait any more", now, actor).Tell(
            now, JournalKind.Policies, actor,
            over.Version != version ? WhyOver(over)
                : $"policies that {over.Loss.Text} are in force, {(over.ConfirmedBy is { } by ? $"as {by} approved" : "as nobody said that they are not meant")}",
            new PolicyFacts(version, 0, []), FactsJson.Default.PolicyFacts);

    private static string WhyOver(NarrowedPolicies over) => over.ChosenBy is null
        ? "the policy files no longer govern far fewer resources, nor lack bounds"
        : $"{over.Subject} does not wait any more: something else was asked for, or it governs as many resources again";
}
