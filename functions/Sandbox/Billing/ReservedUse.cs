using ScaleFunctions.Sandbox.Estates;
using ScaleFunctions.Sandbox.Limits;

namespace ScaleFunctions.Sandbox.Billing;

/// <summary>
/// Lets reservations pay for instances, hour by hour: what is left of an hour is lost, and sizes of a flexibility group share by
/// their cores (learn.microsoft.com/azure/virtual-machines/reserved-vm-instance-size-flexibility).
/// </summary>
internal sealed class ReservedUse(IReadOnlyList<ReservationSpec> reservations, BilledPrices prices)
{
    /// <summary>Marks what is covered, and gives the charges of the reservations themselves.</summary>
    /// <param name="uses">Instances of the day, in the order in which they are covered.</param>
    /// <param name="day">The day.</param>
    /// <param name="anySubscription">Whom a reservation without a scope is billed to.</param>
    public IReadOnlyList<DayCharge> Apply(IReadOnlyList<InstanceUse> uses, DateOnly day, string anySubscription)
    {
        var charges = new List<DayCharge>();
        foreach (var reservation in reservations)
        {
            var bought = reservation.EndsOn.AddYears(-1);
            if (day < bought || day > reservation.EndsOn || prices.Reserved(reservation.Region, reservation.Sku) is not { } price)
            {
                continue;
            }

            var unitHour = price.Dollars / (365 * DayCharge.Hours);
            var unused = Cover(uses, reservation, unitHour);
            if (day == bought)
            {
                var dollars = price.Dollars * reservation.Quantity;
                charges.Add(Charge(reservation, day, anySubscription, DayCharge.Purchase, DayCharge.AtOnce(dollars), DayCharge.AtOnce(0)));
            }

            if (unused.Any(each => each > 0))
            {
                charges.Add(Charge(
                    reservation, day, anySubscription, DayCharge.Unused, DayCharge.AtOnce(0), [.. unused.Select(each => each * unitHour)]));
            }
        }

        return charges;
    }

    /// <summary>Units of the reservation's size that nobody used, of each hour.</summary>
    private static decimal[] Cover(IReadOnlyList<InstanceUse> uses, ReservationSpec reservation, decimal unitHour)
    {
        var left = new decimal[DayCharge.Hours];
        Array.Fill(left, reservation.Quantity);
        foreach (var use in uses)
        {
            if (Ratio(use, reservation) is not { } ratio)
            {
                continue;
            }

            for (var hour = 0; hour < DayCharge.Hours; hour++)
            {
                var covered = Math.Min(use.Hours[hour] - use.Covered[hour], left[hour] / ratio);
                use.Covered[hour] += covered;
                use.Spread[hour] += covered * ratio * unitHour;
                left[hour] -= covered * ratio;
            }

            use.Benefit = reservation.Name;
        }

        return left;
    }

    /// <summary>Units of the reservation that an instance takes; nothing when it is not for it.</summary>
    private static decimal? Ratio(InstanceUse use, ReservationSpec reservation)
    {
        if (!Is(use.Spec.Region, reservation.Region) || use.Price.Service != "Virtual Machines" || use.Price.Sku.EndsWith(" Spot", StringComparison.Ordinal)
            || (reservation.Scopes.Count > 0 && !reservation.Scopes.Any(scope => use.Spec.Id.Value.StartsWith($"{scope.TrimEnd('/')}/", StringComparison.OrdinalIgnoreCase))))
        {
            return null;
        }

        return Is(use.Size, reservation.Sku) ? 1
            : reservation.IsFlexible && MachineSize.Find(use.Size) is { } size && MachineSize.Find(reservation.Sku) is { } reserved && size.Family == reserved.Family
                ? (decimal)size.Cores / reserved.Cores
            : null;
    }

    private static DayCharge Charge(
        ReservationSpec reservation, DateOnly day, string anySubscription, string type, IReadOnlyList<decimal> actual, IReadOnlyList<decimal> amortized) => new()
        {
            Day = day,
            Subscription = reservation.Scopes.Count > 0 ? reservation.Scopes[0].Split('/')[2] : anySubscription,
            Region = reservation.Region,
            Service = "Virtual Machines",
            Meter = $"{reservation.Sku} reservation",
            Type = type,
            Benefit = reservation.Name,
            Actual = actual,
            Amortized = amortized,
            Quantity = DayCharge.Spread(reservation.Quantity),
        };

    private static bool Is(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}
