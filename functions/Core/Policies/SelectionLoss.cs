using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Core.Policies;

/// <summary>So many resources fewer that a set of policies governs than the one before, or bounds that are gone, that it looks like a slip.</summary>
/// <param name="Known">Resources that are governed.</param>
/// <param name="Missing">Of these, those that would not be any more; others that join do not make up for them.</param>
/// <param name="Which">Some of them, for people.</param>
public sealed record SelectionLoss(int Known, int Missing, string Which)
{
    private const int NamesTold = 3;

    /// <summary>Guardrails and change calendars that would bind nobody any more, for people; empty when none.</summary>
    public string Bounds { get; init; } = "";

    /// <summary>In words that go on after "policies would", or "policies that".</summary>
    public string Text => string.Join(" and ", new[]
    {
        Missing > 0 ? $"leave {Missing} of {Known} resources that are governed now to nobody ({Which})" : "",
        Bounds.Length > 0 ? $"take away {Bounds}" : "",
    }.Where(part => part.Length > 0));

    /// <summary>The loss, or nothing when there is none to speak of; measured as that of an inventory is.</summary>
    /// <param name="inForce">The policies in force.</param>
    /// <param name="asked">Those that shall take their place.</param>
    /// <param name="estate">The resources there are, as far as anybody could see them.</param>
    public static SelectionLoss? Between(PolicySet inForce, PolicySet asked, IReadOnlyList<ObservedTarget> estate)
    {
        var known = estate.Where(target => inForce.For(target) is not TargetPolicies.None).ToList();
        var lost = known.Where(target => asked.For(target) is TargetPolicies.None).Select(target => target.Id.Name).Order(StringComparer.Ordinal).ToList();
        var bounds = Gone("guardrails", inForce.Guardrails.Select(policy => policy.Name), asked.Guardrails.Select(policy => policy.Name))
            .Concat(Gone("change calendar", inForce.ChangeCalendars.Select(policy => policy.Name), asked.ChangeCalendars.Select(policy => policy.Name)))
            .ToList();
        if (!EstateLoss.IsUnlikely(lost.Count, known.Count))
        {
            lost = [];
        }

        return lost.Count == 0 && bounds.Count == 0 ? null : new SelectionLoss(
            known.Count,
            lost.Count,
            string.Join(", ", lost.Take(NamesTold)) + (lost.Count > NamesTold ? $" and {lost.Count - NamesTold} more" : ""))
        {
            Bounds = string.Join(" and ", bounds),
        };
    }

    /// <summary>What is missing where there are fewer than before; a document of another name in its place is an edit like others.</summary>
    private static IEnumerable<string> Gone(string what, IEnumerable<string> before, IEnumerable<string> after)
    {
        var (old, left) = (before.ToList(), after.ToList());
        return left.Count >= old.Count ? [] : old.Except(left, StringComparer.Ordinal).Select(name => $"the {what} '{name}'");
    }
}
