using ScaleFunctions.Core.Cycle;

namespace ScaleFunctions.App.Hosting.Api;

/// <summary>Tells how budgets stand (<c>ApiRead</c>), and takes a person's no to a step (<c>ApiOperate</c>). A yes is an approval.</summary>
internal sealed class ApiBudgets(BudgetStates states, BudgetBook book, IPolicySource policies)
{
    public async Task<ApiAnswer> ListAsync(CancellationToken cancellationToken) => ApiAnswer.Ok(
        new BudgetList(await BudgetView.ListAsync(await policies.CurrentAsync(cancellationToken), states, cancellationToken)), ApiJson.Default.BudgetList);

    public async Task<ApiAnswer> UndoAsync(string budget, string step, HandleCall call, CancellationToken cancellationToken)
    {
        if (ApiHandles.Wrong(call) is { } problem)
        {
            return problem;
        }

        if ((await policies.CurrentAsync(cancellationToken)).BudgetAlerts.FirstOrDefault(each => each.Name == budget) is not { } policy)
        {
            return ApiAnswer.Of(ApiProblem.NotFound($"there is no budget '{budget}'; GET api/v1/budgets lists them"));
        }

        return await book.UndoAsync(policy, step, call.By, call.Reason, cancellationToken) is { } why
            ? ApiAnswer.Of(ApiProblem.NotFound(why))
            : ApiAnswer.Ok(new HandleAnswer($"the step {step} of the budget {budget} is undone and rests until its period ends", null), ApiJson.Default.HandleAnswer);
    }
}
