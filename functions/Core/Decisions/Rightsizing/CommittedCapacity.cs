using ScaleFunctions.Core.Advisories;
using ScaleFunctions.Core.Limits;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Core.Decisions.Rightsizing;

/// <summary>
/// What is paid in advance of a resource's instances. An hour that is given up and was paid for saves nothing. All of a reservation
/// counts for each resource it may cover: nobody says which one it went to, and so a saving is told too small rather than too large.
/// </summary>
/// <remarks>Where other sizes of a family share in a reservation they do so by their cores, which is what Azure's ratios come to.</remarks>
public sealed class CommittedCapacity
{
    private readonly List<(Reservation Reservation, SizeOffer? Size)> _counting;

    public CommittedCapacity(IReadOnlyList<Reservation> reservations, ObservedTarget target, IReadOnlyCollection<SizeOffer> offers, DateOnly today) =>
        _counting =
        [
            .. reservations.Where(each => Covers(each, target) && !(each.EndsOn < today))
                .Select(each => (each, offers.FirstOrDefault(size => Is(size.Name, each.Sku)))),
        ];

    /// <summary>How many instances of a size are paid for, in whole ones or parts.</summary>
    public double Covered(SizeOffer size) => _counting.Sum(each => Covered(each.Reservation, each.Size, size));

    /// <summary>How many of so many still cost something.</summary>
    public double Paid(SizeOffer size, double instances) => Math.Max(0, instances - Covered(size));

    /// <summary>The last day on which a size is paid for in advance; absent when it is not, or nobody knows.</summary>
    public DateOnly? EndsOn(SizeOffer size) => _counting.Where(each => Covered(each.Reservation, each.Size, size) > 0).Select(each => each.Reservation.EndsOn).ToList() is var ends && ends.Contains(null) ? null : ends.Max();

    private static double Covered(Reservation reservation, SizeOffer? reserved, SizeOffer size) =>
        Is(reservation.Sku, size.Name) ? reservation.Quantity
        : reservation.IsFlexible && reserved is not null && Is(reserved.Family, size.Family) ? (double)reservation.Quantity * reserved.Cores / size.Cores
        : 0;

    private static bool Covers(Reservation reservation, ObservedTarget target) =>
        (reservation.Region.Length == 0 || Is(reservation.Region, target.Region.Replace(" ", "", StringComparison.Ordinal)))
        && (reservation.Scopes.Count == 0 || reservation.Scopes.Any(scope => Holds(scope, target.Id)));

    private static bool Holds(string scope, TargetId target) =>
        $"{target.Key}/".StartsWith($"{scope.TrimEnd('/').ToLowerInvariant()}/", StringComparison.Ordinal);

    private static bool Is(string one, string other) => one.Equals(other, StringComparison.OrdinalIgnoreCase);
}
