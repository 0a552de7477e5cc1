using Microsoft.Extensions.Time.Testing;
using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.Prices;
using ScaleFunctions.Core.State;
using ScaleFunctions.Core.Targets;
using ScaleFunctions.Core.Tests.Builders;
using ScaleFunctions.Core.Tests.World;

namespace ScaleFunctions.Core.Tests.Cycle;

public sealed class PriceBookTests
{
    private static readonly PriceQuery D4 = new("t", "Standard_D4s_v5", "westeurope", new BillingTerms(BilledSystem.Linux));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private readonly FakeTimeProvider _time = new(Some.Noon);
    private readonly MemoryDocumentStore _documents = new();
    private readonly ListedPrices _list = new();

    [Fact]
    public async Task A_price_is_asked_for_once_a_day()
    {
        var book = Book();

        Assert.Equal(0.2m, await AmountAsync(book));
        _time.Advance(TimeSpan.FromHours(23));
        Assert.Equal(0.2m, await AmountAsync(book));
        Assert.Equal(1, _list.Asked);

        _list.PerHour = 0.3m;
        _time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(0.3m, await AmountAsync(book));
        Assert.Equal(2, _list.Asked);
    }

    [Fact]
    public async Task An_outage_changes_nothing_for_a_week_and_is_looked_after_every_quarter_of_an_hour()
    {
        var book = Book();
        await AmountAsync(book);
        _list.PerHour = null;

        _time.Advance(TimeSpan.FromDays(6));
        Assert.Equal(0.2m, await AmountAsync(book));
        Assert.Equal(0.2m, await AmountAsync(book));
        Assert.Equal(2, _list.Asked);
        _time.Advance(PriceBook.AskedAgainAfter);
        Assert.Equal(0.2m, await AmountAsync(book));
        Assert.Equal(3, _list.Asked);

        _time.Advance(TimeSpan.FromDays(1));
        Assert.Equal(new PriceReading.Missing("out of order"), await ReadAsync(book));
    }

    [Fact]
    public async Task What_has_no_price_is_not_asked_for_again_and_again()
    {
        _list.PerHour = null;
        var book = Book();

        Assert.Equal(new PriceReading.Missing("out of order"), await ReadAsync(book));
        await ReadAsync(book);
        Assert.Equal(1, _list.Asked);
    }

    [Fact]
    public async Task Another_process_knows_what_one_has_read_until_it_is_a_day_old()
    {
        var price = Assert.IsType<PriceReading.Known>(await ReadAsync(Book()));

        Assert.Equal(price, await ReadAsync(Book()));
        Assert.Equal(1, _list.Asked);

        _time.Advance(TimeSpan.FromHours(25));
        await ReadAsync(Book());
        Assert.Equal(2, _list.Asked);
    }

    [Fact]
    public async Task Currencies_are_kept_apart()
    {
        var book = Book();

        Assert.Equal("EUR", Assert.IsType<PriceReading.Known>((await book.ReadAsync([D4], "EUR", Cancellation))[D4]).Price.PerHour.Currency);
        Assert.Equal("USD", Assert.IsType<PriceReading.Known>((await book.ReadAsync([D4], "USD", Cancellation))[D4]).Price.PerHour.Currency);
    }

    [Fact]
    public async Task What_is_kept_and_not_readable_is_read_again()
    {
        await _documents.WriteDocumentAsync(new StoredDocument("prices", "USD-westeurope", 0, "{", Some.At(9)), Cancellation);

        Assert.Equal(0.2m, await AmountAsync(Book()));
        Assert.Equal(1, _list.Asked);
    }

    private PriceBook Book() => new(_list, _documents, _time);

    private static async Task<PriceReading> ReadAsync(PriceBook book) => (await book.ReadAsync([D4], "USD", Cancellation))[D4];

    private static async Task<decimal> AmountAsync(PriceBook book) => Assert.IsType<PriceReading.Known>(await ReadAsync(book)).Price.PerHour.Amount;

    private sealed class ListedPrices : IPriceSource
    {
        public decimal? PerHour { get; set; } = 0.2m;

        public int Asked { get; private set; }

        public Task<IReadOnlyDictionary<PriceQuery, PriceReading>> ReadAsync(
            IReadOnlyCollection<PriceQuery> queries, string currency, CancellationToken cancellationToken)
        {
            Asked++;
            return Task.FromResult<IReadOnlyDictionary<PriceQuery, PriceReading>>(queries.ToDictionary(query => query, PriceReading (_) => PerHour is { } amount
                ? new PriceReading.Known(new Price(new Money(amount, currency), PriceBasis.Retail, new DateOnly(2026, 3, 2), "m"))
                : new PriceReading.Missing("out of order")));
        }
    }
}
