using ScaleFunctions.Core.Costs;
using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.State;
using ScaleFunctions.Core.Targets;
using ScaleFunctions.Core.Tests.World;
using static ScaleFunctions.Core.Tests.Builders.SomeSpend;

namespace ScaleFunctions.Core.Tests.Cycle;

public sealed class SpendDaysTests
{
    private static readonly DateTimeOffset Begin = new(2026, 3, 2, 23, 30, 0, TimeSpan.Zero);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private readonly MemoryDocumentStore _store = new();

    [Fact]
    public async Task A_night_is_counted_over_midnight_by_workers_that_remember_nothing()
    {
        for (var quarter = 0; quarter <= 4; quarter++)
        {
            await CountAsync(Begin.AddMinutes(15 * quarter));
        }

        Assert.Equal(2.5m, await AmountAsync(2));
        Assert.Equal(2.5m, await AmountAsync(3));
        Assert.True(Assert.Single(await new SpendDays(_store).ReadAsync(new DateOnly(2026, 3, 2), Cancellation)).IsOver);
    }

    /// <summary>The other one counts the same quarter in between: what it wrote holds.</summary>
    [Fact]
    public async Task Two_workers_side_by_side_count_a_quarter_once()
    {
        await CountAsync(Begin);
        var slow = new SpendDays(new Interrupted(_store, () => CountAsync(Begin.AddMinutes(15))));

        await slow.CountAsync("s-1", "USD", Web10(Begin.AddMinutes(15)), ManagementGroups.NotRead, Cancellation);

        Assert.Equal(1.25m, await AmountAsync(2));
    }

    [Fact]
    public async Task The_same_tick_again_and_an_older_one_change_nothing()
    {
        await CountAsync(Begin);
        await CountAsync(Begin.AddMinutes(45));
        var before = _store.All;

        await CountAsync(Begin.AddMinutes(45));
        await CountAsync(Begin.AddMinutes(15));

        Assert.Equal(before, _store.All);
    }

    [Fact]
    public async Task A_day_comes_back_as_it_was_written()
    {
        var look = Look(Begin, (Web, Seen(Begin)), (Api, Seen(Begin, 4, NoPrice)));
        await new SpendDays(_store).CountAsync("s-1", "EUR", look, new ManagementGroups.Read(["mg-prod"]), Cancellation);
        var later = Begin.AddMinutes(15);
        var counted = await new SpendDays(_store).CountAsync("s-1", "EUR", Look(later, (Web, Seen(later)), (Api, Seen(later, 4, NoPrice))), ManagementGroups.NotRead, Cancellation);

        var read = Assert.Single(await new SpendDays(_store).ReadAsync(new DateOnly(2026, 3, 2), Cancellation));

        Assert.Equal((counted!.From, counted.Through, "EUR", "mg-prod"), (read.From, read.Through, read.Currency, Assert.Single(Assert.IsType<ManagementGroups.Read>(read.ManagementGroups).Names)));
        Assert.Equal(counted.Rows.Select(Told), read.Rows.Select(Told));
        Assert.IsType<Core.Prices.PriceReading.Missing>(read.Rows.Single(row => row.Resource == Api).Last.Price);

        static string Told(ResourceSpend row) => $"{row.Resource} {row.Last.At:O} {row.Last.Instances} {row.Last.Sku} {row.Amount} {row.Covered} {row.Uncovered} {row.InstanceTime}";
    }

    [Fact]
    public async Task A_damaged_day_is_begun_anew()
    {
        await CountAsync(Begin);
        var stored = Assert.Single(_store.All);
        await _store.WriteDocumentAsync(stored with { Json = "{ \"version\": 1" }, Cancellation);

        Assert.Empty(await new SpendDays(_store).ReadAsync(new DateOnly(2026, 3, 2), Cancellation));
        await CountAsync(Begin.AddMinutes(15));
        await CountAsync(Begin.AddMinutes(20));

        Assert.Equal(decimal.Round(5m / 12, 6), decimal.Round(await AmountAsync(2), 6));
    }

    private Task<SpendDay?> CountAsync(DateTimeOffset at) => new SpendDays(_store).CountAsync("s-1", "USD", Web10(at), ManagementGroups.NotRead, Cancellation);

    private async Task<decimal> AmountAsync(int day) =>
        (await new SpendDays(_store).ReadAsync(new DateOnly(2026, 3, day), Cancellation)).Sum(each => each.Rows.Sum(row => row.Amount));

    /// <summary>Somebody else writes between the first read and the write.</summary>
    private sealed class Interrupted(MemoryDocumentStore store, Func<Task> inBetween) : IDocumentStore
    {
        private bool _happened;

        public Task<StoredDocument?> ReadDocumentAsync(string partition, string key, CancellationToken cancellationToken) => store.ReadDocumentAsync(partition, key, cancellationToken);

        public async Task<RowWrite> WriteDocumentAsync(StoredDocument document, CancellationToken cancellationToken)
        {
            if (!_happened)
            {
                _happened = true;
                await inBetween();
            }

            return await store.WriteDocumentAsync(document, cancellationToken);
        }

        public Task<IReadOnlyList<StoredDocument>> ListDocumentsAsync(string partition, CancellationToken cancellationToken) => store.ListDocumentsAsync(partition, cancellationToken);

        public Task DeleteDocumentAsync(string partition, string key, CancellationToken cancellationToken) => store.DeleteDocumentAsync(partition, key, cancellationToken);

        public Task PruneDocumentsAsync(DateTimeOffset now, CancellationToken cancellationToken) => store.PruneDocumentsAsync(now, cancellationToken);
    }
}
