using ScaleFunctions.Core.Advisories;
using ScaleFunctions.Core.Costs;
using ScaleFunctions.Core.Decisions.Rightsizing;
using ScaleFunctions.Core.Journal;
using ScaleFunctions.Core.Limits;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Prices;
using ScaleFunctions.Core.Spending;
using ScaleFunctions.Core.State;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Core.Cycle;

/// <summary>Makes the statements of what was saved, of this month and, until its bill is whole, of the last one, a few times a day.</summary>
public sealed class SavingsCycle(
    ITargetInventory inventory, SpendBook book, BillShelf bills, SavingsStatements kept, IStateStore store, TimeProvider time, ICostAdvisor? advisor = null)
{
    public static readonly TimeSpan Every = TimeSpan.FromHours(6);

    /// <summary>Bills of a month are whole by then, corrections apart.</summary>
    public const int BilledWithinDays = 7;

    private const int MostEntries = 50_000;

    /// <summary>Makes what is due.</summary>
    /// <returns>What could not be told, for people.</returns>
    public async Task<IReadOnlyList<string>> RunAsync(PolicySet policies, CancellationToken cancellationToken)
    {
        var (now, failed) = (time.GetUtcNow(), new List<string>());
        var month = SpendMonth.Of(now);
        SpendPeriod[] months = SpendDay.DayOf(now).DayNumber - month.Start.DayNumber < BilledWithinDays ? [SpendMonth.Of(month.Start.AddDays(-1)), month] : [month];
        var due = new List<(SpendPeriod Month, string Currency)>();
        foreach (var currency in policies.CostMonitoring.Select(policy => policy.Currency).Distinct())
        {
            foreach (var each in months)
            {
                if (await kept.ReadAsync(each, currency, cancellationToken).ConfigureAwait(false) is not { } before || now - before.At >= Every)
                {
                    due.Add((each, currency));
                }
                else if (each == month)
                {
                    CycleMeter.Saved(before.Total, currency);
                }
            }
        }

        if (due.Count > 0)
        {
            var done = await LookAsync(due.Min(each => each.Month.Start), now, failed, cancellationToken).ConfigureAwait(false);
            foreach (var (each, currency) in due)
            {
                var statement = await MakeAsync(done, each, currency, now, cancellationToken).ConfigureAwait(false);
                await kept.WriteAsync(statement, cancellationToken).ConfigureAwait(false);
                if (each == month)
                {
                    CycleMeter.Saved(statement.Total, currency);
                }
            }
        }

        return failed;
    }

    /// <summary>Reads what all statements are made of.</summary>
    private async Task<Done> LookAsync(DateOnly first, DateTimeOffset now, List<string> failed, CancellationToken cancellationToken)
    {
        var seen = (await inventory.ListAsync(cancellationToken).ConfigureAwait(false)).Targets.DistinctBy(target => target.Id.Key).ToDictionary(target => target.Id.Key);
        var reservations = advisor is null ? null : await advisor.ReadReservationsAsync(cancellationToken).ConfigureAwait(false) as FactReading<IReadOnlyList<Reservation>>.Known;
        var entries = await store.ReadJournalAsync(new JournalQuery(Since: SpendDay.StartOf(first) - SavingsRule.SizeLasts, Limit: MostEntries), cancellationToken).ConfigureAwait(false);
        if (entries.Count == MostEntries)
        {
            failed.Add($"the journal has more than {MostEntries} entries since the month before {first:yyyy-MM}: older savings are left out");
        }

        return new Done(
            [.. entries.Where(entry => entry.Chain != JournalEntry.FleetChain).GroupBy(entry => entry.Chain).OrderBy(group => group.Key, StringComparer.Ordinal)
                .Select(chain => (chain.Key, Moves: CapacityMove.Of(chain))).Where(chain => chain.Moves.Count > 0)],
            (resource, sku) => reservations is null || seen.GetValueOrDefault(resource) is not { } target ? 0
                : (int)new CommittedCapacity(reservations.Value, target, [], SpendDay.DayOf(now)).Covered(new SizeOffer(sku, "", 1)),
            reservations is not null);
    }

    private async Task<SavingsStatement> MakeAsync(Done done, SpendPeriod month, string currency, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var days = (await book.ReadAsync(SpendStatement.Needed(month), cancellationToken).ConfigureAwait(false)).Where(day => day.Currency == currency).ToList();
        var corrections = new Dictionary<string, (BillCorrection Correction, DateOnly? Through)>(StringComparer.OrdinalIgnoreCase);
        var saved = new List<SavedAction>();
        foreach (var (resource, moves) in done.Moves)
        {
            if (!TargetId.TryParse(resource, out var id))
            {
                continue;
            }

            if (!corrections.TryGetValue(id.Subscription, out var correction))
            {
                corrections[id.Subscription] = correction = await LearnAsync(id.Subscription, month, currency, days, cancellationToken).ConfigureAwait(false);
            }

            var rows = days.SelectMany(day => day.Rows.Where(row => row.Resource == resource).Select(row => (day.Day, row.Last))).ToList();
            saved.AddRange(SavingsRule.Of(new SavingFacts
            {
                Resource = resource,
                Period = month,
                Now = now,
                Moves = moves,
                PriceOf = (day, sku) => PriceOf(rows, day, sku),
                Committed = sku => done.Committed(resource, sku),
                AreCommitmentsKnown = done.AreCommitmentsKnown,
                Correction = correction.Correction,
                BilledThrough = correction.Through,
            }));
        }

        return SavingsStatement.Of(month, currency, saved, now);
    }

    private async Task<(BillCorrection Correction, DateOnly? Through)> LearnAsync(
        string subscription, SpendPeriod month, string currency, List<SpendDay> days, CancellationToken cancellationToken)
    {
        var scope = new SpendScope($"/subscriptions/{subscription.ToLowerInvariant()}", new Dictionary<string, IReadOnlyList<string>>());
        return await bills.ReadAsync(scope, SpendStatement.Needed(month), amortized: false, cancellationToken).ConfigureAwait(false)
            is BilledReading.Known { Through: { } through } bill && bill.Currency == currency
                ? (BillCorrection.Learn(ScopedSpend.Of(scope, days), bill.Days, through), through)
                : (BillCorrection.None, null);
    }

    /// <summary>The price a size had, of the day nearest to the one that is asked for.</summary>
    private static decimal? PriceOf(List<(DateOnly Day, SpendSighting Last)> rows, DateOnly day, string sku) => rows
        .Where(row => row.Last.Sku.Equals(sku, StringComparison.OrdinalIgnoreCase) && row.Last.Price is PriceReading.Known)
        .OrderBy(row => Math.Abs(row.Day.DayNumber - day.DayNumber))
        .Select(row => (decimal?)((PriceReading.Known)row.Last.Price).Price.PerHour.Amount)
        .FirstOrDefault();

    /// <summary>What was done to resources, and what is paid in advance of them.</summary>
    private sealed record Done(IReadOnlyList<(string Resource, IReadOnlyList<CapacityMove> Moves)> Moves, Func<string, string, int> Committed, bool AreCommitmentsKnown);
}
