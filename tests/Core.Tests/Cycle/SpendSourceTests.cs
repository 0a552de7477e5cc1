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

    private readonly FakeTimeProvider _time = new(Some.Noon);
    private readonly MemoryDocumentStore _documents = new();
    private readonly List<bool> _asked = [];

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
        Assert.Same(Scope, known.Scope);
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

    public Task<BilledReading> ReadAsync(SpendScope scope, SpendPeriod period, bool amortized, CancellationToken cancellationToken)
    {
        Assert.Equal(new DateOnly(2026, 1, 25), period.Start);
        _asked.Add(amortized);
        return Task.FromResult<BilledReading>(Bill(null));
    }

    private SpendSource Source(SpendDays days, IBilledCosts? bills) => new(new SpendBook(days, _time), new BillShelf(_time, bills), _time);
}
