using ScaleFunctions.Sandbox.Requests;

namespace ScaleFunctions.Sandbox.Billing;

/// <summary>Routes what is asked about costs: what stands behind a scope of its own.</summary>
internal static class BillingRouter
{
    private const string Costs = "/providers/Microsoft.CostManagement/";
    private const string Consumption = "/providers/Microsoft.Consumption/";

    public static RequestRoute Route(string method, string host, string path)
    {
        var trimmed = path.TrimEnd('/');
        return host != RequestRouter.ArmHost ? RequestRoute.Unexpected
            : Below(trimmed, Costs) is { } costs ? (method, costs.Steps) switch
            {
                ("POST", [var what]) when Is(what, "query") => Of(RequestKind.CostQuery, costs.Scope),
                ("POST", [var what]) when Is(what, "forecast") => Of(RequestKind.CostForecast, costs.Scope),
                _ => RequestRoute.Unexpected,
            }
            : Below(trimmed, Consumption) is { } consumption ? (method, consumption.Steps) switch
            {
                ("GET", [var what]) when Is(what, "usageDetails") => Of(RequestKind.UsageDetails, consumption.Scope),
                ("GET", [var what]) when Is(what, "budgets") => Of(RequestKind.BudgetList, consumption.Scope),
                ("GET" or "PUT", [var what, var name]) when Is(what, "budgets")
                    => Of(RequestKind.Budget, consumption.Scope) with { Name = name, IsWrite = method is "PUT" },
                _ => RequestRoute.Unexpected,
            }
            : RequestRoute.Unexpected;
    }

    private static (string Scope, string[] Steps)? Below(string path, string provider)
    {
        var at = path.IndexOf(provider, StringComparison.OrdinalIgnoreCase);
        return at < 0 ? null : (path[..at], path[(at + provider.Length)..].Split('/'));
    }

    private static RequestRoute Of(RequestKind kind, string scope) => BillScope.Parse(scope) is { } parsed
        ? new RequestRoute(kind) { Scope = parsed.Id, Subscription = parsed.Subscription, ResourceGroup = parsed.ResourceGroup }
        : RequestRoute.Unexpected;

    private static bool Is(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}
