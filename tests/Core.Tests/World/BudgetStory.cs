using CsCheck;
using ScaleFunctions.Core.Costs;
using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.Decisions.Budgets;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.State;
using ScaleFunctions.Core.Tests.Builders;

namespace ScaleFunctions.Core.Tests.World;

/// <summary>One minute of an estate under a budget.</summary>
/// <param name="ForecastPercent">Of the amount.</param>
/// <param name="IsCovered">Whether enough of the spend is counted to act by it.</param>
/// <param name="LooksAtOnce">Whether two workers look at the budget at the same time.</param>
/// <param name="Delivery">How the messages of batches are delivered.</param>
/// <param name="Schedule">Who goes on at each call.</param>
/// <param name="FaultAt">The call of store or queue that fails; none with 0.</param>
/// <param name="Fault">How it fails.</param>
internal sealed record BudgetMinute(int ForecastPercent, bool IsCovered, bool LooksAtOnce, Delivery Delivery, uint Schedule, int FaultAt, EstateFault Fault);

/// <summary>
/// A history of scale sets whose load stays what it is, under a budget whose ladder lowers a maximum, stops what opted in, and freezes: so
/// that whatever their counts do, the budget did it. Its period ends at the end, without faults.
/// </summary>
internal sealed record BudgetStory(int Targets, bool IsCritical, BudgetMinute[] Minutes)
{
    public const int Minimum = 2;

    /// <summary>Most of its time over the amount: else little would be done.</summary>
    private static readonly Gen<BudgetMinute> Minute = Gen.Select(
        Gen.Frequency((3, Gen.Int[96, 140]), (1, Gen.Int[40, 95])), Gen.Frequency((6, Gen.Const(true)), (1, Gen.Const(false))), Gen.Bool,
        Gen.Frequency((2, Gen.Const(Delivery.Once)), (1, Gen.Enum<Delivery>())), Gen.UInt,
        Gen.Frequency((1, Gen.Const(0)), (2, Gen.Int[1, 50])), Gen.Enum<EstateFault>(),
        (percent, isCovered, atOnce, delivery, schedule, faultAt, fault) => new BudgetMinute(percent, isCovered, atOnce, delivery, schedule, faultAt, fault));

    public static Gen<BudgetStory> Any { get; } = Gen.Select(
        Gen.Int[1, 5], Gen.Frequency((3, Gen.Const(false)), (1, Gen.Const(true))), Minute.Array[4, 14],
        (targets, isCritical, minutes) => new BudgetStory(targets, isCritical, minutes));

    private static readonly BudgetAlertsPolicy Budget = SomeBudget.Policy(
        SomeBudget.Lower with { Notice = TimeSpan.FromMinutes(1), Maximum = 3 },
        SomeBudget.Stop with { Notice = TimeSpan.FromMinutes(1), Grace = TimeSpan.FromMinutes(1) },
        SomeBudget.Freeze with { When = new BudgetTrigger(null, 120) }) with
    {
        Undo = new BudgetUndo(95, TimeSpan.FromMinutes(2), 0.25, TimeSpan.FromMinutes(2)),
    };

    private SpendReading _spend = SomeBudget.Spend(0, 0);

    /// <summary>Steps that acted, by name.</summary>
    public HashSet<string> Acted { get; } = [];

    public async Task<Estate> PlayAsync()
    {
        var policies = Some.Policies(Some.Horizontal(Minimum, 100));
        var estate = new Estate(
            Enumerable.Range(0, Targets).Select(number => Estate.Target($"web-{number:d3}", capacity: 3 + (number % 4)) with
            {
                Tags = number % 2 == 0 ? SomeBudget.Tags((BudgetStep.StopTag, "true")) : SomeBudget.Tags(),
            }),
            policies with { Workloads = [policies.Workloads[0] with { IsCritical = IsCritical }], BudgetAlerts = [Budget] });
        await estate.MinuteAsync().ConfigureAwait(false);
        foreach (var minute in Minutes)
        {
            await PlayAsync(estate, minute).ConfigureAwait(false);
        }

        // The period ends, and nothing goes wrong any more. What waits for its turn among lowerings has had it long before.
        estate.Fault = null;
        estate.Time.SetUtcNow(new DateTimeOffset(2026, 4, 1, 0, 0, 1, TimeSpan.Zero));
        estate.Pass(0);
        _spend = SomeBudget.Spend(0, 0);
        for (var minute = 0; minute < 30; minute++)
        {
            await LookAsync(estate, estate.Worker).ConfigureAwait(false);
            await estate.MinuteAsync().ConfigureAwait(false);
        }

        return estate;
    }

    public override string ToString() => $"{Targets} {(IsCritical ? "critical " : "")}targets:\n  {string.Join("\n  ", Minutes.Select(minute => minute.ToString()))}";

    private async Task PlayAsync(Estate estate, BudgetMinute minute)
    {
        _spend = SomeBudget.Spend(10, minute.ForecastPercent * 10, minute.IsCovered ? 0.9 : 0.3);
        estate.Fault = minute.FaultAt == 0 ? null : (estate.Calls + minute.FaultAt, minute.Fault);
        if (minute.LooksAtOnce)
        {
            var (one, two) = (estate.Hire(), estate.Hire());
            estate.Together(minute.Schedule, () => TryAsync(() => LookAsync(estate, one)), () => TryAsync(() => LookAsync(estate, two)));
        }
        else
        {
            await TryAsync(() => LookAsync(estate, estate.Worker)).ConfigureAwait(false);
        }

        await TryAsync(estate.Worker.TickAsync).ConfigureAwait(false);
        var requests = estate.Queue.TakeEvaluations();
        foreach (var request in requests.Where(_ => minute.Delivery != Delivery.Never))
        {
            var (one, two) = (estate.Hire(), estate.Hire());
            if (minute.Delivery == Delivery.ToTwoWorkersAtOnce)
            {
                estate.Together(minute.Schedule, () => TryAsync(() => one.EvaluateAsync(request)), () => TryAsync(() => two.EvaluateAsync(request)));
            }
            else if (!await TryAsync(() => one.EvaluateAsync(request)).ConfigureAwait(false))
            {
                await TryAsync(() => two.EvaluateAsync(request)).ConfigureAwait(false);
            }
        }

        estate.Fault = null;
        estate.Pass(0.8);
        foreach (var request in estate.Queue.TakeVerifications())
        {
            await estate.Worker.VerifyAsync(request.Target).ConfigureAwait(false);
        }

        foreach (var request in requests.Where(_ => minute.Delivery == Delivery.AgainLater))
        {
            await estate.Worker.EvaluateAsync(request).ConfigureAwait(false);
        }

        estate.Pass(0.2);
        var kept = (await new BudgetStates(estate.Documents).ReadAsync(Budget.Name, CancellationToken.None).ConfigureAwait(false)).Record.Ladder;
        Acted.UnionWith(kept.Steps.Where(step => step.Phase == BudgetPhase.Active).Select(step => step.Name));
    }

    private async Task LookAsync(Estate estate, EstateWorker worker)
    {
        var states = new BudgetStates(worker);
        var book = new BudgetBook(new RowStore(worker), states, new CycleOptions { Worker = "worker-1" }, estate.Time);
        var cycle = new BudgetCycle(book, states, new BudgetSources(new Spending(this), new NoBudgets(), worker, new FixedPrices()), estate.Time, new RowStore(worker));
        await cycle.LookAsync(Budget, estate.Policies, CancellationToken.None).ConfigureAwait(false);
    }

    /// <summary>What fails is done again by the next minute.</summary>
    private static async Task<bool> TryAsync(Func<Task> call)
    {
        try
        {
            await call().ConfigureAwait(false);
            return true;
        }
        catch (Exception exception) when (exception is CrashException or StateStoreException or WorkQueueException)
        {
            return false;
        }
    }

    private sealed class Spending(BudgetStory story) : ISpendSource
    {
        public Task<SpendReading> ReadAsync(SpendScope scope, SpendPeriod period, bool amortized, CancellationToken cancellationToken) => Task.FromResult(story._spend);
    }

    private sealed class NoBudgets : IBudgetSource
    {
        public Task<BudgetReading> ReadAsync(string id, CancellationToken cancellationToken) => Task.FromResult<BudgetReading>(new BudgetReading.Gone());
    }
}
