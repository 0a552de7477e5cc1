using ScaleFunctions.Core.Costs;
using ScaleFunctions.Core.Policies;

namespace ScaleFunctions.Core.Tests.Policies;

public sealed class CostMonitoringTests
{
    private const string Subscription = "12345678-90ab-cdef-1234-567890abcdef";

    [Fact]
    public void What_is_not_said_is_each_subscription_as_it_is_billed()
    {
        var policy = Read("spec: {}");

        Assert.Equal(("USD", CostBasis.Negotiated, 0.3, 1m), (policy.Currency, policy.Basis, policy.AnomalyAbove, policy.AnomalyPerHour));
        Assert.Equal(
            [("everything in a", "/subscriptions/a"), ("everything in b", "/subscriptions/b")],
            Assert.Single(policy.Scopes).Among(["a", "b"]).Select(each => (each.Name, each.Scope.Scope)));
    }

    [Fact]
    public void Everything_that_is_said_counts()
    {
        var policy = Read(
            $$"""
            spec:
              scopes:
                - { name: shop, subscription: {{Subscription}}, resourceGroup: RG-Shop, tags: { env: [prod, preprod] } }
                - { name: all, managementGroup: MG-Prod }
                - { name: prod, tags: { env: prod } }
              currency: EUR
              basis: amortised
              anomaly: { above: 50%, perHour: 2.5 }
            """);

        Assert.Equal(("EUR", CostBasis.Amortised, 0.5, 2.5m), (policy.Currency, policy.Basis, policy.AnomalyAbove, policy.AnomalyPerHour));
        Assert.Equal(
            [$"/subscriptions/{Subscription}/resourcegroups/rg-shop", "/providers/microsoft.management/managementgroups/mg-prod", "/subscriptions/a"],
            policy.Scopes.SelectMany(scope => scope.Among(["a"])).Select(each => each.Scope.Scope));
        Assert.Equal(["prod", "preprod"], policy.Scopes[0].Tags["ENV"]);
    }

    [Theory]
    [InlineData("currency: euro", "'spec.currency' must be a currency of three capital letters")]
    [InlineData("basis: net", "'spec.basis' must be")]
    [InlineData("anomaly: { above: 100% }", "'spec.anomaly.above' must be a share")]
    [InlineData("anomaly: { perHour: 0 }", "'spec.anomaly.perHour' must be more than 0")]
    [InlineData("scopes: []", "is an empty list")]
    [InlineData("scopes: [ { subscription: 1 } ]", "'spec.scopes[0].subscription' must be a subscription id")]
    [InlineData("scopes: [ { name: a, resourceGroup: rg } ]", "is without a 'subscription'")]
    [InlineData("scopes: [ { name: a, managementGroup: mg, subscription: 12345678-90ab-cdef-1234-567890abcdef } ]", "give one of both")]
    [InlineData("scopes: [ { name: a }, { name: a } ]", "spend is told by the name")]
    [InlineData("budget: 5", "budget")]
    public void What_cannot_be_is_an_error_that_says_why(string field, string message)
    {
        var set = PolicyTexts.Read(Text($"spec: {{ {field} }}"));

        Assert.Empty(set.CostMonitoring);
        Assert.Contains(set.Errors, error => error.Message.Contains(message, StringComparison.Ordinal));
    }

    private static CostMonitoringPolicy Read(string spec)
    {
        var set = PolicyTexts.Read(Text(spec));
        Assert.Empty(set.Errors);
        return Assert.Single(set.CostMonitoring);
    }

    private static string Text(string spec) => $"apiVersion: scalefunctions/v1\nkind: CostMonitoring\nmetadata: {{ name: cost-monitoring }}\n{spec}\n";
}
