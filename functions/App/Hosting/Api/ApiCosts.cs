using ScaleFunctions.Core.Cycle;

namespace ScaleFunctions.App.Hosting.Api;

/// <summary>Tells what <c>CostTick</c> counted and found. It reads what is kept and asks Azure nothing.</summary>
internal sealed class ApiCosts(CostReports reports, SavingsStatements savings, RowStore rows)
{
    public async Task<ApiAnswer> SavingsAsync(CancellationToken cancellationToken) =>
        ApiAnswer.Ok(new SavingsAnswer(await savings.ListAsync(cancellationToken)), ApiJson.Default.SavingsAnswer);

    public async Task<ApiAnswer> ReadAsync(CancellationToken cancellationToken) => ApiAnswer.Ok(
        new CostsAnswer(await reports.ListAsync(cancellationToken), (await rows.ReadFleetAsync(cancellationToken)).SpendAnomalies), ApiJson.Default.CostsAnswer);
}
