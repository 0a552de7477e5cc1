using ScaleFunctions.Core.Actions;
using ScaleFunctions.Sandbox.Faults;

namespace ScaleFunctions.Adapters.Tests.AppService;

public sealed class PlanScopeTests : PlanTest
{
    public static TheoryData<string, string, string> LeftAlone() => new()
    {
        { "Free", "", "no instances of its own" },
        { "Shared", "", "no instances of its own" },
        { "Dynamic", "", "consumption plan" },
        { "FlexConsumption", "", "consumption plan" },
        { "ElasticPremium", "", "elastic plan" },
        { "elasticpremium", "", "elastic plan" },
        { "WorkflowStandard", "", "elastic plan" },
        { "PremiumContainer", "", "nothing is known" },
        { "PremiumVery", "", "nothing is known" },
        { "PremiumXV3", "", "nothing is known" },
        { "Quantum", "", "nothing is known" },
        { "Isolated", "", "App Service Environment" },
        { "IsolatedV2", "", "App Service Environment" },
        { "PremiumV3", ",\"hostingEnvironmentProfile\":{\"id\":\"/x\"}", "App Service Environment" },
        { "PremiumV3", ",\"kubeEnvironmentProfile\":{\"id\":\"/x\"}", "Kubernetes" },
        { "PremiumV3", ",\"elasticScaleEnabled\":true", "automatic scaling" },
        { "PremiumV2", ",\"elasticScaleEnabled\":true,\"maximumElasticWorkerCount\":1", "automatic scaling" },
        { "PremiumV3", ",\"maximumElasticWorkerCount\":5", "automatic scaling" },
    };

    [Theory]
    [MemberData(nameof(LeftAlone))]
    public async Task A_plan_that_is_left_alone_is_never_written_and_says_why(string tier, string more, string reason)
    {
        Show(tier, more);
        var version = (await ReadPortalAsync()).ETag;

        var rejected = Assert.IsType<WriteResult.Rejected>(await Target().WriteAsync(new CapacityWrite(Portal, 6, version), Cancellation));

        Assert.Equal("PlanLeftAlone", rejected.Code);
        Assert.IsType<WriteResult.Rejected>(await Target().WriteAsync(new CapacityWrite(Portal, 2, version) { Size = "P2v3" }, Cancellation));
        Assert.Contains(reason, rejected.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Received, request => request.Method == "PUT");
        Assert.Empty(Sandbox.Writes.All);
    }

    [Theory]
    [InlineData("Basic", "")]
    [InlineData("Standard", ",\"elasticScaleEnabled\":false,\"maximumElasticWorkerCount\":1")]
    [InlineData("PremiumV3", ",\"elasticScaleEnabled\":false,\"maximumElasticWorkerCount\":30")]
    [InlineData("PremiumV3", ",\"hostingEnvironmentProfile\":null,\"kubeEnvironmentProfile\":null,\"elasticScaleEnabled\":null")]
    [InlineData("PremiumV2", ",\"perSiteScaling\":true")]
    [InlineData("Premium0V3", "")]
    [InlineData("PremiumMV3", "")]
    public async Task A_plan_of_dedicated_instances_is_ours(string tier, string more)
    {
        Show(tier, more);
        var version = (await ReadPortalAsync()).ETag;
        Sandbox.Faults.Add(new FaultRule { Method = "PUT", Effect = new AnswerWith(200, Body: "{}") });

        Assert.IsType<WriteResult.Accepted>(await Target().WriteAsync(new CapacityWrite(Portal, 3, version), Cancellation));
    }

    private void Show(string tier, string more) => Sandbox.Faults.Set(
    [
        new FaultRule
        {
            Method = "GET",
            Effect = new AnswerWith(200, Body: Answers.Plan(
                Portal, $$$"""{"sku":{"name":"S","tier":"{{{tier}}}","capacity":2},"properties":{"provisioningState":"Succeeded"{{{more}}}}}""")),
        },
    ]);
}
