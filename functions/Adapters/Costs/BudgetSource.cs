using System.Text.Json;
using Azure.Core;
using ScaleFunctions.Adapters.Arm;
using ScaleFunctions.Core.Costs;

namespace ScaleFunctions.Adapters.Costs;

/// <summary>Reads budgets: learn.microsoft.com/rest/api/consumption/budgets/get.</summary>
internal sealed class BudgetSource(ArmPipelines arm) : IBudgetSource
{
    private const int LargestAnswer = 1024 * 1024;

    public async Task<BudgetReading> ReadAsync(string id, CancellationToken cancellationToken)
    {
        // An event names the budget: whatever stands there goes into an address.
        if (!ScopeText.IsBudget(id))
        {
            return new BudgetReading.Missing($"'{AzureFaults.OneLine(id)}' is not the id of a budget of a subscription, a resource group or a management group");
        }

        using var message = arm.Reads.CreateMessage();
        message.Request.Method = RequestMethod.Get;
        message.Request.Uri.Reset(new Uri(arm.Connection.Environment.Endpoint, $"{id}?api-version={ApiVersions.Consumption}"));
        message.Request.Headers.Add(HttpHeader.Common.JsonAccept);
        try
        {
            await arm.Reads.SendAsync(message, cancellationToken).ConfigureAwait(false);
            var response = message.Response;
            if (response.Status != 200)
            {
                // A scope that the identity does not see is answered like a budget that is gone: only the latter is said by Consumption.
                return response.Status == 404 && ArmError.Parse(response) is { Code: "404" or "ResourceNotFound" or "BudgetNotFound" }
                    ? new BudgetReading.Gone()
                    : new BudgetReading.Missing(CostRefusals.Describe(new Azure.RequestFailedException(response), id, "the budget"));
            }

            if (response.Content.ToMemory().Length > LargestAnswer)
            {
                return new BudgetReading.Missing($"the budget {id}: the answer is too long");
            }

            using var document = JsonDocument.Parse(response.Content);
            return BudgetAnswer.Read(document.RootElement, id, arm.Connection.Time.GetUtcNow());
        }
        catch (Exception exception) when (AzureFaults.Cover(exception, cancellationToken))
        {
            return new BudgetReading.Missing(CostRefusals.Describe(exception, id, "the budget"));
        }
    }
}
