using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Core.Policies;

/// <summary>So many resources fewer that a set of policies governs than the one before that it looks like a slip.</summary>
/// <param name="Known">Resources that are governed.</param>
/// <param name="Missing">Of these, those that would not be any more; others that join do not make up for them.</param>
/// <param name="Which">Some of them, for people.</param>
public sealed record SelectionLoss(int Known, int Missing, string Which)
{
    private const int NamesTold = 3;

    /// <summary>The loss, or nothing when there is none to speak of; measured as that of an inventory is.</summary>
    /// <param name="inForce">The policies in force.</param>
    /// <param name="asked">Those that shall take their place.</param>
    /// <param name="estate">The resources there are, as far as anybody could see them.</param>
    public static SelectionLoss? Between(PolicySet inForce, PolicySet asked, IReadOnlyList<ObservedTarget> estate)
    {
        var known = estate.Where(target => inForce.For(target) is not TargetPolicies.None).ToList();
        var lost = known.Where(target => asked.For(target) is TargetPolicies.None).Select(target => target.Id.Name).Order(StringComparer.Ordinal).ToList();
        return !EstateLoss.IsUnlikely(lost.Count, known.Count) ? null : new SelectionLoss(
            known.Count,
            lost.Count,
            string.Join(", ", lost.Take(NamesTold)) + (lost.Count > NamesTold ? $" and {lost.Count - NamesTold} more" : ""));
    }
}
