using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using ScaleFunctions.Adapters.Storage;
using ScaleFunctions.App.Hosting;
using ScaleFunctions.App.Tests.Hosting;
using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Prices;
using ScaleFunctions.Core.State;

namespace ScaleFunctions.App.Tests.Functions;

public sealed class CostTickTests
{
    private const string Monitoring =
        """
        apiVersion: scalefunctions/v1
        kind: CostMonitoring
        metadata: { name: costs }
        spec: { scopes: [ { name: shop, tags: { app: shop } } ] }
        """;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Prices, inventory and state over the wire; the app is made anew in between, and a tick comes twice.</summary>
    [Fact]
    public async Task Counts_an_hour_at_the_price_list_over_a_restart_and_tells_it_by_the_api()
    {
        await using var handler = await RunningHandler.StartAsync(services => services.AddSingleton<IPolicySource>(new Policies(Monitoring)));
        var begun = handler.Sandbox.Clock.GetUtcNow();
        for (var quarter = 0; quarter <= 4; quarter++)
        {
            (await handler.PostAsync("CostTick", HostPosts.Timer)).ShouldBe(HttpStatusCode.OK, handler.Log.Text);
            await handler.Sandbox.Clock.AdvanceToAsync(begun + TimeSpan.FromMinutes(15 * (quarter + 1)), Cancellation);
            if (quarter == 2)
            {
                await handler.RestartAsync();
            }
        }

        (await handler.PostAsync("CostTick", HostPosts.Timer)).ShouldBe(HttpStatusCode.OK, handler.Log.Text);
        (await handler.PostAsync("CostTick", HostPosts.Timer)).ShouldBe(HttpStatusCode.OK, handler.Log.Text);

        var report = Assert.Single(await handler.Services.GetRequiredService<CostReports>().ListAsync(Cancellation));
        Assert.Equal(("shop", "USD", PriceBasis.Retail), (report.Name, report.Currency, report.PriceBasis));
        Assert.True(report.PerHour > 0);
        Assert.Equal(0, report.UncountedCount);
        Assert.Equal(2, report.ResourceCount);

        // Nothing was scaled meanwhile: an hour and a quarter at what it costs an hour, to the seconds that calls took.
        Assert.InRange(report.Resources.Sum(line => line.Counted) / report.PerHour, 1.2m, 1.3m);
        Assert.Empty(handler.Sandbox.Writes.All);

        using var answer = await handler.Client.GetAsync(new Uri("/api/v1/costs", UriKind.Relative), Cancellation);
        var body = await answer.Content.ReadAsStringAsync(Cancellation);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("\"name\":\"shop\"", body, StringComparison.Ordinal);
        using var savings = await handler.Client.GetAsync(new Uri("/api/v1/savings", UriKind.Relative), Cancellation);
        Assert.Contains("\"months\":[{", await savings.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }

    /// <summary>Reports and statements are both kept where nothing can be read: that the first could not be told is logged, whatever becomes of the second.</summary>
    [Fact]
    public async Task What_could_not_be_told_is_logged_though_the_statements_fail_too()
    {
        await using var handler = await RunningHandler.StartAsync(services => services
            .AddSingleton<IPolicySource>(new Policies(Monitoring))
            .AddSingleton<IDocumentStore>(provider => new Torn(provider.GetRequiredService<SqliteStateStore>())));

        (await handler.PostAsync("CostTick", HostPosts.Timer)).ShouldBe(HttpStatusCode.InternalServerError, handler.Log.Text);

        Assert.Contains("Spend is not all told: earlier reports could not be read: the page is torn", handler.Log.Text, StringComparison.Ordinal);
    }

    /// <summary>A store of which two partitions cannot be read.</summary>
    private sealed class Torn(IDocumentStore inner) : IDocumentStore
    {
        private static readonly string[] Partitions = ["costs", "savings"];

        public async Task<StoredDocument?> ReadDocumentAsync(string partition, string key, CancellationToken cancellationToken)
        {
            await CheckAsync(partition);
            return await inner.ReadDocumentAsync(partition, key, cancellationToken);
        }

        public Task<RowWrite> WriteDocumentAsync(StoredDocument document, CancellationToken cancellationToken) => inner.WriteDocumentAsync(document, cancellationToken);

        public async Task<IReadOnlyList<StoredDocument>> ListDocumentsAsync(string partition, CancellationToken cancellationToken)
        {
            await CheckAsync(partition);
            return await inner.ListDocumentsAsync(partition, cancellationToken);
        }

        public Task DeleteDocumentAsync(string partition, string key, CancellationToken cancellationToken) => inner.DeleteDocumentAsync(partition, key, cancellationToken);

        public Task PruneDocumentsAsync(DateTimeOffset now, CancellationToken cancellationToken) => inner.PruneDocumentsAsync(now, cancellationToken);

        private static Task CheckAsync(string partition) =>
            Partitions.Contains(partition) ? Task.FromException(new StateStoreException("the page is torn")) : Task.CompletedTask;
    }

    /// <summary>
    /// Nine o'clock of 5 January: the bill is whole through the 3rd, at most 2 % off, and what was used since is extrapolated from it,
    /// for nobody counted. Before the start the simulated estate ran eleven instances in place of four, so the bill is eleven quarters of now.
    /// </summary>
    [Fact]
    public async Task Puts_the_bill_over_the_wire_and_what_came_since_together()
    {
        await using var handler = await RunningHandler.StartAsync(TimeSpan.FromDays(8), services => services.AddSingleton<IPolicySource>(new Policies(Monitoring)));
        (await handler.PostAsync("CostTick", HostPosts.Timer)).ShouldBe(HttpStatusCode.OK, handler.Log.Text);
        await handler.Sandbox.Clock.AdvanceToAsync(handler.Sandbox.Clock.GetUtcNow() + TimeSpan.FromMinutes(15), Cancellation);
        (await handler.PostAsync("CostTick", HostPosts.Timer)).ShouldBe(HttpStatusCode.OK, handler.Log.Text);

        var report = Assert.Single(await handler.Services.GetRequiredService<CostReports>().ListAsync(Cancellation));
        Assert.Null(report.Why);
        Assert.Equal(new DateOnly(2026, 1, 3), report.BilledThrough);
        var usual = report.PerHour * 11 / 4;
        Assert.InRange(report.Billed!.Value / (usual * 72), 0.98m, 1.02m);
        Assert.InRange(report.SoFar!.Value / (usual * (96 + 9.25m)), 0.97m, 1.03m);
        Assert.InRange(report.EndP50!.Value / (usual * 744), 0.97m, 1.03m);
        Assert.InRange(report.EndP90!.Value / report.EndP50.Value, 1.0m, 1.1m);
        Assert.Equal(1, report.Coverage);
    }

    [Fact]
    public async Task Asks_Azure_nothing_while_no_policy_asks_for_it()
    {
        await using var handler = await RunningHandler.StartAsync(services => services.AddSingleton<IPolicySource>(new Policies("")));

        (await handler.PostAsync("CostTick", HostPosts.Timer)).ShouldBe(HttpStatusCode.OK, handler.Log.Text);

        Assert.Empty(await handler.Services.GetRequiredService<CostReports>().ListAsync(Cancellation));
    }

    private sealed class Policies(string text) : IPolicySource
    {
        public Task<PolicySet> CurrentAsync(CancellationToken cancellationToken) =>
            Task.FromResult(PolicyReader.Read([new PolicyFile("costs.yml", Encoding.UTF8.GetBytes(text))]));
    }
}
