using ScaleFunctions.Sandbox.Estates;
using ScaleFunctions.Sandbox.Prices;

namespace ScaleFunctions.Sandbox.Billing;

/// <summary>
/// The bill of the estate: what its instances were, each hour, times the price list, beside what stands about and what the estate
/// says is billed besides. Days that are over are kept.
/// </summary>
internal sealed class SimulatedBill(SimulatedEstate estate, BillingOptions options, TimeProvider clock)
{
    /// <summary>What storage bills a month by: 730 hours are 1/12 of a year.</summary>
    private const decimal DaysOfMonth = 730m / 24;

    private readonly Lock _gate = new();
    private readonly Dictionary<DateOnly, IReadOnlyList<DayCharge>> _days = [];
    private readonly BilledPrices _prices = new(estate.Spec.Prices);
    private readonly BillTiming _timing = new(options);
    private readonly decimal _rate = PricesEndpoint.Rates.TryGetValue(options.Currency, out var rate)
        ? rate
        : throw new ArgumentException($"nothing is billed in '{options.Currency}' here; one of {string.Join(", ", PricesEndpoint.Rates.Keys)} is", nameof(options));

    public SimulatedEstate Estate => estate;

    public BillingOptions Options => options;

    /// <summary>The rows of a scope that the bill has at a time, in the order of day, resource, meter.</summary>
    /// <param name="scope">Whose.</param>
    /// <param name="first">The first day.</param>
    /// <param name="last">The last day.</param>
    /// <param name="amortized">Whether reservations are spread.</param>
    /// <param name="at">As of when; not later than now.</param>
    public IReadOnlyList<BillRow> Rows(BillScope scope, DateOnly first, DateOnly last, bool amortized, DateTimeOffset at)
    {
        var rows = new List<BillRow>();
        var today = DateOnly.FromDateTime(at.UtcDateTime);
        for (var day = first; day <= last && day <= today; day = day.AddDays(1))
        {
            rows.AddRange(Of(day).Where(charge => scope.Holds(estate, charge)).Select(charge => Show(charge, amortized, at)).OfType<BillRow>());
        }

        return rows;
    }

    /// <summary>What is on the bill of a charge; nothing when nothing is.</summary>
    private BillRow? Show(DayCharge charge, bool amortized, DateTimeOffset at)
    {
        var (dollars, quantity, hours) = (0m, 0m, amortized ? charge.Amortized : charge.Actual);
        var isThere = false;
        for (var hour = 0; hour < DayCharge.Hours; hour++)
        {
            if (_timing.Shows(charge, hour, at))
            {
                (dollars, quantity) = (dollars + hours[hour], quantity + charge.Quantity[hour]);
                isThere |= hours[hour] != 0 || charge.Quantity[hour] != 0;
            }
        }

        var shown = Math.Round(dollars * _timing.Factor(charge, at), 10);
        var isAside = shown == 0 && charge.Type != DayCharge.Usage;
        return !isThere || isAside ? null : new BillRow(charge, Math.Round(shown * _rate, 10), shown, Math.Round(quantity, 6));
    }

    private IReadOnlyList<DayCharge> Of(DateOnly day)
    {
        var isOver = BillTiming.Midnight(day.AddDays(1)) <= clock.GetUtcNow();
        lock (_gate)
        {
            if (_days.TryGetValue(day, out var known))
            {
                return known;
            }

            var charges = Compute(day);
            if (isOver)
            {
                _days[day] = charges;
            }

            return charges;
        }
    }

    private IReadOnlyList<DayCharge> Compute(DateOnly day)
    {
        var uses = estate.Spec.All.OrderBy(spec => spec.Id.Key, StringComparer.Ordinal).SelectMany(spec => Uses(spec, day)).ToList();
        var reserved = new ReservedUse(estate.Spec.Reserved, _prices).Apply(uses, day, estate.Hierarchy.Subscriptions is [var first, ..] ? first : "");
        return
        [
            .. uses.Select(use => Charge(use, day)), .. estate.Spec.Idle.Select(spec => Charge(spec, day)).OfType<DayCharge>(),
            .. estate.Spec.Charges.Where(spec => spec.Holds(day)).Select(spec => Charge(spec, day)), .. reserved,
        ];
    }

    private Dictionary<string, InstanceUse>.ValueCollection Uses(ResourceSpec spec, DateOnly day)
    {
        var uses = new Dictionary<string, InstanceUse>();
        var begin = BillTiming.Midnight(day);
        for (var hour = 0; hour < DayCharge.Hours; hour++)
        {
            foreach (var (size, minutes) in estate.InstanceMinutes(spec.Id, begin.AddHours(hour), begin.AddHours(hour + 1)))
            {
                if (!uses.TryGetValue(size, out var use) && _prices.Of(spec, size) is { } price)
                {
                    uses[size] = use = new InstanceUse(spec, size, price);
                }

                if (use is not null)
                {
                    use.Hours[hour] += (decimal)minutes / 60;
                }
            }
        }

        return uses.Values;
    }

    private DayCharge Charge(InstanceUse use, DateOnly day)
    {
        var computing = _prices.Computing(use.Spec.Region, use.Size)?.Dollars ?? use.Price.Dollars;
        decimal Paid(int hour) => (use.Hours[hour] * use.Price.Dollars) - (use.Covered[hour] * computing);
        return new DayCharge
        {
            Day = day,
            Subscription = use.Spec.Id.Subscription,
            ResourceGroup = use.Spec.Id.ResourceGroup,
            Resource = use.Spec.Id.Value,
            Region = use.Spec.Region,
            Service = use.Price.Service,
            Meter = use.Price.Meter,
            Tags = use.Spec.Tags,
            Benefit = use.Benefit,
            Actual = [.. Enumerable.Range(0, DayCharge.Hours).Select(Paid)],
            Amortized = [.. Enumerable.Range(0, DayCharge.Hours).Select(hour => Paid(hour) + use.Spread[hour])],
            Quantity = use.Hours,
        };
    }

    // By whole days: what stands about does so all day.
    private DayCharge? Charge(IdleSpec spec, DateOnly day)
    {
        if (_prices.Of(spec) is not { } price)
        {
            return null;
        }

        var dollars = DayCharge.Spread(price.Dollars * spec.Units * (price.Unit == PriceRow.Hour ? DayCharge.Hours : 1 / DaysOfMonth));
        return new DayCharge
        {
            Day = day,
            Subscription = spec.Id.Subscription,
            ResourceGroup = spec.Id.ResourceGroup,
            Resource = spec.Id.Value,
            Region = spec.Region,
            Service = price.Service,
            Meter = price.Meter,
            Tags = spec.Tags,
            Actual = dollars,
            Amortized = dollars,
            Quantity = DayCharge.Spread(spec.Units),
        };
    }

    private static DayCharge Charge(ChargeSpec spec, DateOnly day)
    {
        var dollars = spec.Type == DayCharge.Usage ? DayCharge.Spread(spec.Dollars) : DayCharge.AtOnce(spec.Dollars);
        return new DayCharge
        {
            Day = day,
            Subscription = spec.Subscription,
            ResourceGroup = spec.ResourceGroup,
            Resource = spec.Resource,
            Service = spec.Service,
            Meter = spec.Meter,
            Tags = spec.Tags,
            Type = spec.Type,
            Actual = dollars,
            Amortized = dollars,
            Quantity = DayCharge.Spread(1),
        };
    }
}
