using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Signals;
using ScaleFunctions.Core.Targets;
using ScaleFunctions.Core.Tests.Builders;

namespace ScaleFunctions.Core.Tests.Cycle;

public sealed class MetricRequestsTests
{
    private const string Balancer = "/subscriptions/s-1/resourceGroups/net/providers/Microsoft.Network/loadBalancers/lb-1";

    private static readonly ObservedTarget Web = Some.Target() with { Id = Some.Id("web") }, Api = Some.Target() with { Id = Some.Id("api") };

    [Fact]
    public void A_metric_is_asked_for_once_for_all_targets()
    {
        var request = Assert.Single(For((Web, [Some.Signal()]), (Api, [Some.Signal("load", window: 10)])));

        Assert.Equal([Web.Id.Value, Api.Id.Value], request.Resources.Select(resource => resource.Id));
        Assert.Equal(Some.At(-19), request.From);
    }

    /// <summary>A minute that is not over has no number yet that could be believed.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(59)]
    public void Whole_minutes_are_asked_for(int seconds)
    {
        var request = Assert.Single(MetricRequests.For([(Web, Policies([Some.Signal()]))], Some.Noon.AddSeconds(seconds)));

        Assert.Equal((Some.At(-12), Some.Noon), (request.From, request.To));
    }

    [Fact]
    public void Signals_that_ask_the_same_share_an_answer_and_others_do_not()
    {
        var requests = For((Web, [
            Some.Signal("cpu"), Some.Signal("again"), Some.Signal("hot") with { From = Some.Metric(aggregation: MetricAggregation.Maximum) },
            Some.Signal("split") with { From = Split("VMName") }, Some.Signal("other") with { From = Split("Zone") }, Some.Signal("one") with { From = Split("VMName", "*") }]));

        Assert.Equal(5, requests.Count);
        Assert.All(requests, request => Assert.Single(request.Resources));
    }

    [Fact]
    public void Another_resource_is_asked_for_once_however_many_follow_it()
    {
        var signal = Some.Signal("requests") with { From = Some.Metric("Requests") with { Resource = Balancer } };
        var upper = Some.Signal("requests") with { From = Some.Metric("requests") with { Resource = Balancer.ToUpperInvariant(), Region = "West Europe" } };

        var resource = Assert.Single(Assert.Single(For((Web, [signal]), (Api, [upper]))).Resources);

        Assert.Equal((Balancer, "Microsoft.Network/loadBalancers"), (resource.Id, resource.ResourceType));
    }

    [Fact]
    public void A_resource_is_where_it_says_or_where_the_target_is()
    {
        var elsewhere = Some.Signal("a") with { From = Some.Metric("Requests") with { Resource = Balancer, Region = "northeurope" } };
        var unsaid = Some.Signal("b") with { From = Some.Metric("Requests") with { Resource = Balancer } };

        Assert.Equal(["northeurope", "westeurope"], Assert.Single(For((Web, [elsewhere, unsaid]))).Resources.Select(resource => resource.Region));
    }

    [Fact]
    public void Formulas_queues_and_queries_ask_for_no_metric() => Assert.Empty(For((Web, [
        Some.Calculated("1 + cpu"),
        Some.Signal("queue") with { From = new SignalSource.Queue("account", "orders", QueueMeasure.Length) },
        Some.Signal("query") with { From = new SignalSource.Query("requests", "logs") }])));

    [Fact]
    public void Each_signal_gets_the_answer_of_its_own_resource()
    {
        var own = Some.Signal("cpu") with { From = Some.Metric("Requests") };
        var other = Some.Signal("requests") with { From = Some.Metric("Requests") with { Resource = Balancer } };
        var answers = For((Web, [own, other])).ToDictionary(
            request => request.Metric.Key,
            request => (IReadOnlyDictionary<MonitoredResource, MetricSeries>)request.Resources.ToDictionary(
                resource => resource, resource => (MetricSeries)new MetricSeries.Failed(resource.Id)));

        var picked = MetricRequests.Pick(Web, Policies([own, other]), answers);

        Assert.Equal([new MetricSeries.Failed(Web.Id.Value), new MetricSeries.Failed(Balancer)], [picked["cpu"], picked["requests"]]);
    }

    private static SignalSource.Metric Split(string dimension, params string[] values) =>
        new(new MetricSelector { Name = "Percentage CPU", Dimensions = [new MetricDimension(dimension, values)] });

    private static List<MetricRequest> For(params (ObservedTarget Target, IReadOnlyList<SignalPolicy> Signals)[] targets) =>
        [.. MetricRequests.For([.. targets.Select(each => (each.Target, Policies(each.Signals)))], Some.Noon)];

    private static TargetPolicies.Resolved Policies(IReadOnlyList<SignalPolicy> signals) =>
        new(Some.Policies().Workloads[0], Some.Horizontal(), Some.LoadBased(signals: signals));
}
