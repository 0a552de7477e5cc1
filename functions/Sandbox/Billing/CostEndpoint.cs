using System.Globalization;
using ScaleFunctions.Sandbox.Estates;
using ScaleFunctions.Sandbox.Requests;

namespace ScaleFunctions.Sandbox.Billing;

/// <summary>Cost Management: queries and forecasts, within what it allows a tenant to ask.</summary>
internal sealed class CostEndpoint(SimulatedBill bill, QueryUnits units, TimeProvider clock)
{
    private const string Header = "x-ms-ratelimit-microsoft.costmanagement-qpu-";

    private readonly SpendOutlook _outlook = new(bill);

    public SandboxAnswer Query(SandboxRequest request, RequestRoute route) => Answer(request, route, "Query", (query, scope, now) =>
        CostTable.Of(query, bill.Rows(scope, query.First, query.Last, query.IsAmortized, now), bill.Options.Currency));

    public SandboxAnswer Forecast(SandboxRequest request, RequestRoute route) => Answer(request, route, "Forecast", (query, scope, now) =>
        CostTable.Of(query, _outlook.Of(scope, query.First, query.Last, query.Passes, now), bill.Options.Currency));

    private SandboxAnswer Answer(SandboxRequest request, RequestRoute route, string what, Func<CostQuery, BillScope, DateTimeOffset, CostTable> read)
    {
        var (scope, now) = (BillScope.Parse(route.Scope)!, clock.GetUtcNow());
        if (!scope.Exists(bill.Estate))
        {
            return SandboxAnswer.Error(404, "SubscriptionNotFound", $"There is no scope '{scope.Id}'.");
        }

        if (!bill.Options.OffersQuery)
        {
            return SandboxAnswer.Error(
                400, "BadRequest", "Cost Management supports only Enterprise Agreement, Web direct and Microsoft Customer Agreement offer types.");
        }

        var (query, problem) = CostQuery.Parse(request.Body, DateOnly.FromDateTime(now.UtcDateTime));
        if (query is null || !SkipToken.TryRead(request.Parameter("$skiptoken"), out var skip))
        {
            return SandboxAnswer.Error(400, "BadRequest", query is null ? problem : "The $skiptoken is not one that this service gave.");
        }

        var (wait, left) = units.Take(query.Units, now);
        if (wait is { } longEnough)
        {
            // Retry-After tells of Resource Manager's limits, this header of Cost Management's own.
            var seconds = ((int)Math.Max(1, Math.Ceiling(longEnough.TotalSeconds))).ToString(CultureInfo.InvariantCulture);
            return SandboxAnswer.Error(429, "429", "Too many requests. Please retry.").With($"{Header}retry-after", seconds).With($"{Header}remaining", "QueriesPerMin:0");
        }

        var id = $"{scope.Id.TrimStart('/')}/providers/Microsoft.CostManagement/{what}/{SimulatedEstate.Identifier(8, request.Sequence)}";
        return read(query, scope, now)
            .Page(id, $"Microsoft.CostManagement/{what}", skip, bill.Options.PageSize, rows => Next(request, rows))
            .With($"{Header}consumed", query.Units.ToString(CultureInfo.InvariantCulture))
            .With($"{Header}remaining", $"QueriesPerMin:{left}");
    }

    private static string Next(SandboxRequest request, int rows) =>
        $"https://{request.Host}{request.Path}?api-version={request.Parameter("api-version")}&$skiptoken={Uri.EscapeDataString(SkipToken.Of(rows))}";
}
