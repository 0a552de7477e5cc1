using System.Net;
using System.Text.Json;
using Azure.Core;
using Azure.Core.Pipeline;
using ScaleFunctions.Adapters.Events;
using ScaleFunctions.Core.Cycle;

namespace ScaleFunctions.Adapters.Tests.Events;

public sealed class EventGridBudgetEventsTests
{
    private static readonly Uri Topic = new("https://budgets.westeurope-1.eventgrid.azure.net/api/events");

    private static readonly DateTimeOffset Now = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_event_has_the_budget_and_a_token_of_ours_and_no_money()
    {
        using var grid = new Grid(HttpStatusCode.OK);

        await Events(grid).PublishAsync("e-1", new BudgetSignal("shop", "action-group", "80"), Now, Cancellation);

        var (request, body) = Assert.Single(grid.Calls);
        Assert.Equal((Topic.Host, "/api/events", "Bearer token"), (request.RequestUri!.Host, request.RequestUri.AbsolutePath, request.Headers.Authorization!.ToString()));
        var told = Assert.Single(JsonElement.Parse(body).EnumerateArray());
        Assert.Equal(("e-1", "shop", BudgetSignal.EventType, "1"), (Text(told, "id"), Text(told, "subject"), Text(told, "eventType"), Text(told, "dataVersion")));
        Assert.Equal("""{"budget":"shop","source":"action-group","meaning":"80"}""", told.GetProperty("data").GetRawText());
    }

    [Fact]
    public async Task What_Event_Grid_does_not_take_is_told()
    {
        using var grid = new Grid(HttpStatusCode.Forbidden);

        Assert.StartsWith(
            "Event Grid did not take it",
            (await Assert.ThrowsAsync<BudgetEventException>(() => Events(grid).PublishAsync("e-1", new BudgetSignal("shop", "fast-clock", ""), Now, Cancellation))).Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://budgets.westeurope-1.eventgrid.azure.net/api/events")]
    [InlineData("https://budgets.westeurope-1.eventgrid.azure.net.mallory.example/api/events")]
    [InlineData("https://eventgrid.azure.net.example/api/events")]
    [InlineData("https://user@budgets.westeurope-1.eventgrid.azure.net/api/events")]
    [InlineData("https://budgets.westeurope-1.eventgrid.azure.net:8443/api/events")]
    [InlineData("https://budgets.westeurope-1.eventgrid.azure.net/other")]
    [InlineData("https://budgets.westeurope-1.eventgrid.azure.net/api/events?x=1")]
    public void No_other_host_gets_a_token_of_ours(string address)
    {
        Assert.False(EventGridBudgetEvents.IsTopic(new Uri(address)));
        Assert.Throws<ArgumentException>(() => new EventGridBudgetEvents(new Uri(address), new FixedToken()));
    }

    private static EventGridBudgetEvents Events(Grid grid) => new(Topic, new FixedToken(), new HttpClientTransport(grid));

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();

    private sealed class FixedToken : TokenCredential
    {
        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) => new("token", Now.AddYears(100));

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) => new(GetToken(requestContext, cancellationToken));
    }

    /// <summary>Stands where Event Grid does: there is no emulator of it.</summary>
    private sealed class Grid(HttpStatusCode answer) : HttpMessageHandler
    {
        public List<(HttpRequestMessage Request, string Body)> Calls { get; } = [];

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Calls.Add((request, await request.Content!.ReadAsStringAsync(cancellationToken)));
            return new HttpResponseMessage(answer) { RequestMessage = request };
        }
    }
}
