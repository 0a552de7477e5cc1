using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.SelfCosts;

namespace ScaleFunctions.App.Hosting.Api;

/// <summary>Tells what this tool itself costs, by what all its workers counted.</summary>
internal sealed class ApiSelfCosts(UsageDays days, RowStore rows)
{
    public async Task<ApiAnswer> ReadAsync(CancellationToken cancellationToken)
    {
        var targets = (await rows.ReadAllAsync(cancellationToken)).Count;
        return MonthlyUsage.Measured(await days.ListAsync(cancellationToken), targets) is { } usage
            ? ApiAnswer.Ok(SelfCostView.Of(SelfCostStatement.Of(usage)), ApiJson.Default.SelfCostView)
            : ApiAnswer.Of(ApiProblem.NotFound("nothing was counted yet; counts are kept every five minutes"));
    }
}
