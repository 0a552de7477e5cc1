using System.Collections.Concurrent;
using ScaleFunctions.Adapters.AppService;
using ScaleFunctions.Adapters.Arm;
using ScaleFunctions.Adapters.Inventory;
using ScaleFunctions.Core.Actions;
using ScaleFunctions.Core.Targets;
using ScaleFunctions.Sandbox;
using ScaleFunctions.Sandbox.Estates;

namespace ScaleFunctions.Adapters.Tests.AppService;

/// <summary>Recorded exchanges, ours and the sandbox's, against the official description of the API.</summary>
public sealed class PlanContractTests : PlanTest
{
    private static readonly OfficialSpecification? Specification = OfficialSpecification.Find();

    protected override SandboxOptions Options() => base.Options() with
    {
        PageSize = 2,
        Estate = new EstateSpec([])
        {
            Plans = [Plan("portal"), Plan("other"), Plan("elastic") with { Tier = "ElasticPremium", Sku = "EP1" }, Plan("free") with { Tier = "Free", Sku = "F1", InitialCapacity = 0 }],
        },
    };

    [Fact]
    public async Task Every_exchange_is_as_the_official_description_has_it()
    {
        Assert.SkipUnless(Specification is not null, OfficialSpecification.Missing);
        var recorder = new Recorder { InnerHandler = Sandbox.Connection.CreateHandler(Sandbox.Clock) };
        var arm = Connect(connection => connection with { Transport = AzureConnection.Over(recorder) });
        var target = new PlanTarget(arm, new ArmWriter(arm, new Compute.LogLines()), new ArmOperations(arm));

        await new EstateInventory(arm, [new PlanList(arm)], [Subscription]).ListAsync(Cancellation);
        var read = Assert.IsType<CapacityReading.Read>(await target.ReadAsync(Portal, Cancellation));
        Assert.IsType<WriteResult.Accepted>(await target.WriteAsync(new CapacityWrite(Portal, 6, read.ETag), Cancellation));
        await target.ReadAsync(Portal, Cancellation);

        Assert.Equal(["GET", "GET", "GET", "GET", "PUT", "GET"], recorder.Exchanges.Select(exchange => exchange.Method));
        Assert.All(recorder.Exchanges, exchange => Assert.Equal("?api-version=2023-12-01", exchange.Query[..Math.Min(23, exchange.Query.Length)]));
        Assert.All(
            recorder.Exchanges,
            exchange => Assert.Empty(Specification.Check(exchange.Method, exchange.Path, exchange.Request, exchange.Status, exchange.Response)));
    }

    [Fact]
    public void What_is_left_out_of_a_request_is_what_the_description_marks_as_read_only()
    {
        Assert.SkipUnless(Specification is not null, OfficialSpecification.Missing);

        Assert.Equal(Specification.ReadOnlyMembers().Order(), PlanBody.ReadOnly.Order());
    }

    [Theory]
    [InlineData("PUT", """{"location":"x","sku":{"capacity":"6"}}""", "request.sku.capacity is no integer")]
    [InlineData("PUT", """{"location":"x","sku":{"capacty":6}}""", "request.sku.capacty is not described")]
    [InlineData("PUT", """{"sku":{"capacity":6}}""", "request.location is missing")]
    [InlineData("PUT", """{"location":"x","properties":{"numberOfWorkers":6}}""", "request.properties.numberOfWorkers is read-only")]
    [InlineData("PATCH", """{"sku":{"capacity":6}}""", "request.sku is not described")]
    public void The_description_finds_what_is_wrong(string method, string request, string error)
    {
        Assert.SkipUnless(Specification is not null, OfficialSpecification.Missing);

        Assert.Equal([error], Specification.Check(method, Portal.Value, request, 200, """{"location":"x"}"""));
        Assert.NotEmpty(Specification.Check("DELETE", $"{Portal}/sites", null, 200, ""));
        Assert.NotEmpty(Specification.Check("GET", Portal.Value, null, 418, ""));
    }

    private sealed record Exchange(string Method, string Path, string Query, string? Request, int Status, string Response);

    private sealed class Recorder : DelegatingHandler
    {
        private readonly ConcurrentQueue<Exchange> _exchanges = new();

        public IReadOnlyList<Exchange> Exchanges => [.. _exchanges];

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var sent = request.Content is null ? null : await request.Content.ReadAsStringAsync(cancellationToken);
            var response = await base.SendAsync(request, cancellationToken);
            await response.Content.LoadIntoBufferAsync(cancellationToken);
            _exchanges.Enqueue(new Exchange(
                request.Method.Method, request.RequestUri!.AbsolutePath, request.RequestUri.Query, sent, (int)response.StatusCode,
                await response.Content.ReadAsStringAsync(cancellationToken)));
            return response;
        }
    }
}
