using ScaleFunctions.Core.Policies;

namespace ScaleFunctions.Core.Decisions.Budgets;

/// <summary>
/// What a ladder can save at most until its period ends: were each step to act at once, on the instances that run now and at
/// their prices. No instance-hour is counted twice: a step counts what milder steps leave.
/// </summary>
/// <example>
/// 10 instances of 0.20 an hour, 100 hours to go, of which 40 are off:
/// <code>
/// offHours            10 × 40 h            80.00
/// lowerMaximum to 4    6 × 60 h            72.00
/// stop                 4 × 60 h            48.00
///                                         200.00   what they cost in all
/// </code>
/// Without the stop, and with a size of 0.12 for the 4 that are left: <c>cheaperSize  4 × 60 h × 0.08  19.20</c>.
/// </example>
public sealed record BudgetReach(IReadOnlyList<StepReach> Steps)
{
    /// <summary>Windows begin and end at quarters of an hour, near enough for a bound.</summary>
    private static readonly TimeSpan Grain = TimeSpan.FromMinutes(15);

    /// <summary>Why it may be more; empty when nothing is left out.</summary>
    public string Doubt { get; init; } = "";

    public decimal Saves => Steps.Sum(step => step.Saves);

    public static BudgetReach Of(BudgetAlertsPolicy policy, IReadOnlyList<ReachMember> members, DateTimeOffset now, DateTimeOffset end)
    {
        var slots = Slots(now, end);
        var left = members.Where(member => policy.Covers(member.Target)).Select(member => new Left(member, slots.Count)).ToList();
        return new BudgetReach([.. policy.Ladder.Select(step => Of(step, left, slots))]);
    }

    private static StepReach Of(BudgetStep step, IReadOnlyList<Left> members, IReadOnlyList<DateTimeOffset> slots)
    {
        var changed = members.Where(member => step.Selects(member.Member.Target)).ToList();
        var off = changed.Count > 0 && step.Kind == BudgetStepKind.OffHours ? slots.Select(slot => step.Off.Any(window => window.ActiveUntil(slot) is not null)).ToArray() : [];
        decimal saves = 0, prevents = 0;
        foreach (var member in changed)
        {
            // Each is asked, priced or not: what it leaves is what the next step finds.
            saves += member.Take(step, off);
            prevents += step.Kind == BudgetStepKind.FreezeScaleOut ? member.Room : 0;
        }

        return new StepReach(step.Name, decimal.Round(saves, 2), decimal.Round(prevents, 2), changed.Count, changed.Count(member => !member.IsPriced(step)));
    }

    private static List<DateTimeOffset> Slots(DateTimeOffset now, DateTimeOffset end)
    {
        List<DateTimeOffset> slots = [];
        for (var at = now; at < end; at += Grain)
        {
            slots.Add(at);
        }

        return slots;
    }

    /// <summary>The hours that are left of a resource, and the instances in them.</summary>
    private sealed class Left(ReachMember member, int slots)
    {
        private readonly bool[] _isOff = new bool[slots];

        private int _instances = member.Target.Capacity;

        private decimal _price = member.PerHour ?? 0;

        public ReachMember Member => member;

        /// <summary>What instances up to the maximum would cost beyond those there are.</summary>
        public decimal Room => Math.Max(0, member.Maximum - member.Target.Capacity) * _price * HoursOn;

        private int Least => Math.Min(_instances, member.Target.Least?.Instances ?? 0);

        private decimal HoursOn => (decimal)Grain.TotalHours * _isOff.Count(isOff => !isOff);

        public decimal Take(BudgetStep step, bool[] off) => step.Kind switch
        {
            BudgetStepKind.LowerMaximum => Lower(Math.Min(_instances, step.Lowered(member.Maximum, member.Minimum))),
            _ when member.IsCritical => 0,
            BudgetStepKind.OffHours => TurnOff(off),
            BudgetStepKind.Stop => Lower(Least),
            BudgetStepKind.CheaperSize => MakeCheaper(member.Cheaper.GetValueOrDefault(step.Name, _price)),
            _ => 0,
        };

        public bool IsPriced(BudgetStep step) =>
            member.PerHour is not null && (step.Kind != BudgetStepKind.CheaperSize || member.IsCritical || member.Cheaper.ContainsKey(step.Name));

        private decimal TurnOff(bool[] off)
        {
            var before = HoursOn;
            for (var slot = 0; slot < off.Length; slot++)
            {
                _isOff[slot] |= off[slot];
            }

            return (_instances - Least) * _price * (before - HoursOn);
        }

        /// <summary>A size that costs more than what it has by then is none of a budget's.</summary>
        private decimal MakeCheaper(decimal price)
        {
            var less = Math.Max(0, _price - price);
            _price -= less;
            return _instances * less * HoursOn;
        }

        private decimal Lower(int instances)
        {
            var fewer = _instances - instances;
            _instances = instances;
            return fewer * _price * HoursOn;
        }
    }
}
