namespace ScaleFunctions.Core.Targets;

/// <summary>So many resources fewer than before that it looks like a fault of the inventory.</summary>
/// <param name="Known">Resources there were.</param>
/// <param name="Missing">Resources that are not seen any more; growth elsewhere does not make up for them.</param>
/// <param name="Where">The parts that lost most, for people.</param>
public sealed record EstateLoss(int Known, int Missing, string Where)
{
    /// <summary>A larger share of what was known must not vanish unasked.</summary>
    private const double Share = 0.2;

    /// <summary>One may always go: in an estate of a few that is more than the share, and an ordinary deletion.</summary>
    private const int AlwaysFine = 1;

    private const int PartsTold = 3;

    /// <summary>Whether it is no more than an earlier one. As many in other places are others: whoever was asked of those was not asked of these.</summary>
    public bool IsWithin(EstateLoss earlier) => Missing < earlier.Missing || (Missing == earlier.Missing && Where == earlier.Where);

    /// <summary>Whether so many of so many do not go unnoticed on purpose.</summary>
    public static bool IsUnlikely(int missing, int known) => missing > Math.Max(AlwaysFine, Share * known);

    /// <summary>The loss, or nothing when there is none to speak of.</summary>
    /// <example>Of 100 known, 20 may go; of 4, 1; of 3 in each of two subscriptions, 1, even when the other has 3 new ones.</example>
    public static EstateLoss? Between(EstateCounts known, EstateCounts seen)
    {
        var lost = known.ByPart
            .Select(part => (Part: part.Key, Missing: part.Value - seen.ByPart.GetValueOrDefault(part.Key)))
            .Where(part => part.Missing > 0)
            .OrderByDescending(part => part.Missing).ThenBy(part => part.Part, StringComparer.Ordinal)
            .ToList();
        var missing = lost.Sum(part => part.Missing);
        return !IsUnlikely(missing, known.Total) ? null : new EstateLoss(
            known.Total,
            missing,
            string.Join(", ", lost.Take(PartsTold).Select(part => $"{part.Missing} of {part.Part}"))
                + (lost.Count > PartsTold ? $" and {lost.Count - PartsTold} more parts" : ""));
    }
}
