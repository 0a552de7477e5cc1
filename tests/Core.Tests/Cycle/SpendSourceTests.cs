using Microsoft.Extensions.Time.Testing;
using NSubstitute;
using NSubstitute.ExceptionExtensions;
using ScaleFunctions.Core.Costs;
using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.State;
using ScaleFunctions.Core.Targets;
using ScaleFunctions.Core.Tests.Builders;
using ScaleFunctions.Core.Tests.World;
using static ScaleFunctions.Core.Tests.Builders.SomeSpend;

namespace ScaleFunctions.Core.Tests.Cycle;

public sealed class SpendSourceTests : IBilledCosts
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static readonly SpendPeriod Year = new(new DateOnly(2025, 4, 1), new DateOnly(2026, 4, 1));

    private readonly FakeTimeProvider _time = new(Some.Noon);
    private readonly MemoryDocumentStore _documents = new();
    private readonly List<bool> _asked = [];
    private BilledReading _bill = Bill(null);
    private DateOnly _billedFrom = new(2026, 1, 25);

    /// <summary>An hour of ten instances at 0.50; the bill is asked from 35 days before the month on, once.</summary>
    [Fact]
    public async Task Kept_days_and_the_bill_make_a_reading()
    {
        var days = new SpendDays(_documents);
        for (var quarter = 0; quarter <= 4; quarter++)
        {
            await days.CountAsync("s-1", "USD", Web10(_time.GetUtcNow()), ManagementGroups.NotRead, Cancellation);
            _time.Advance(TimeSpan.FromMinutes(quarter < 4 ? 15 : 0));
        }

        var source = Source(days, this);
        var known = Assert.IsType<SpendReading.Known>(await source.ReadAsync(Scope, SpendMonth.Of(Some.Noon), amortized: true, Cancellation));
        Assert.Equal((5m, "USD"), (known.Counted, known.Currency));

        await source.ReadAsync(Scope, SpendMonth.Of(Some.Noon), amortized: true, Cancellation);
        await source.ReadAsync(Scope, SpendMonth.Of(Some.Noon), amortized: false, Cancellation);
        Assert.Equal([true, false], _asked);
    }

    [Fact]
    public async Task Without_a_reader_of_bills_spend_is_missing() => Assert.Equal(
        "the bill could not be read: nothing here reads bills",
        Assert.IsType<SpendReading.Missing>(await Source(new SpendDays(_documents), null).ReadAsync(Scope, SpendMonth.Of(Some.Noon), amortized: false, Cancellation)).Why);

    [Fact]
    public async Task A_store_that_fails_is_a_case_and_no_exception()
    {
        var broken = Substitute.For<IDocumentStore>();
        broken.ListDocumentsAsync(default!, Cancellation).ThrowsAsyncForAnyArgs(new StateStoreException("away"));

        Assert.Equal(
            "what was counted cannot be read: away",
            Assert.IsType<SpendReading.Missing>(await Source(new SpendDays(broken), this).ReadAsync(Scope, SpendMonth.Of(Some.Noon), amortized: false, Cancellation)).Why);
    }

    /// <summary>The year is billed through yesterday: the days it is learned from, 35, and today have to be read.</summary>
    [Fact]
    public async Task Of_a_year_only_those_days_are_read_that_the_bill_does_not_tell()
    {
        (_billedFrom, _bill) = (new DateOnly(2025, 2, 25), Bill(new DateOnly(2026, 3, 1), [.. Billed(new DateOnly(2025, 4, 1), 335, 100)]));

        var known = Assert.IsType<SpendReading.Known>(await Source(new SpendDays(_documents), this).ReadAsync(Scope, Year, amortized: false, Cancellation));

        Assert.Equal((33_500m, 36), (known.Billed, _documents.Listed.Count));
    }

    /// <summary>Where nothing is billed all that was counted is needed, and a day that is over is read once.</summary>
    [Fact]
    public async Task A_year_that_nobody_bills_is_read_once_from_what_was_counted()
    {
        _billedFrom = new DateOnly(2025, 2, 25);
        var source = Source(new SpendDays(_documents), this);
        await source.ReadAsync(Scope, Year, amortized: false, Cancellation);
        Assert.Equal(336, _documents.Listed.Count);

        _documents.Listed.Clear();
        await source.ReadAsync(Scope, Year, amortized: false, Cancellation);
        Assert.Equal("spend-2026-03-02", Assert.Single(_documents.Listed));
    }

    public Task<BilledReading> ReadAsync(SpendScope scope, SpendPeriod period, bool amortized, CancellationToken cancellationToken)
    {
        Assert.Equal(_billedFrom, period.Start);
        _asked.Add(amortized);
        return Task.FromResult<BilledReading>(_bill);
    }

    private SpendSource Source(SpendDays days, IBilledCosts? bills) => new(new SpendBook(days, _time), new BillShelf(_time, bills), _time);
}
