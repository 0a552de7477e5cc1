using ScaleFunctions.Adapters.Throttling;
using ScaleFunctions.Core.Actions;
using ScaleFunctions.Core.Cycle;

namespace ScaleFunctions.App.Hosting.Api;

/// <summary>Takes an action back (<c>ApiOperate</c>).</summary>
internal sealed class ApiRollbacks(RollbackCycle rollbacks, ApiReads reads, IPolicySource policies, AzureTurns turns)
{
    /// <summary>The answer has to come within 20 s.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(10);

    public async Task<ApiAnswer> RollBackAsync(string id, RollbackCall call, CancellationToken cancellationToken)
    {
        if (ApiHandles.Wrong(new HandleCall(call.By, call.Reason)) is { } problem)
        {
            return problem;
        }

        var hold = call.HoldMinutes is { } minutes ? TimeSpan.FromMinutes(minutes) : (TimeSpan?)null;
        if (hold is { } asked && !RollbackCycle.IsHold(asked))
        {
            return ApiAnswer.Of(ApiProblem.BadRequest("'holdMinutes', when given, is 1 to 1440"));
        }

        if (ActionId.TryParse(id) is not { } action)
        {
            return ApiAnswer.Of(ApiProblem.NotFound($"'{id}' is no action; GET api/v1/history/TARGET lists them as web@12"));
        }

        if (await reads.FindAsync(action.Target, cancellationToken) is not { } row)
        {
            return ApiReads.NoTarget(action.Target);
        }

        using var turn = turns.Begin(LongestWait);
        var request = new RollbackRequest(action.Epoch, call.By, call.Reason) { Hold = hold, IsDryRun = call.DryRun };
        return await rollbacks.RunAsync(await policies.CurrentAsync(cancellationToken), row.Target, request, cancellationToken) switch
        {
            RollbackResult.NotFound none => ApiAnswer.Of(ApiProblem.NotFound(none.Why)),
            RollbackResult.Refused refused => ApiAnswer.Of(ApiProblem.Conflict($"not taken back: {string.Join("; ", refused.Reasons)}")),
            RollbackResult.Shown shown => Answer(RollbackView.Of(row.Target.Name, action.Epoch, shown.Preview)),
            RollbackResult.Sent sent => Answer(RollbackView.Of(row.Target.Name, action.Epoch, sent.Preview, sent)),
            _ => throw new InvalidOperationException("a case of RollbackResult is missing here"),
        };
    }

    private static ApiAnswer Answer(RollbackView view) => ApiAnswer.Ok(view, ApiJson.Default.RollbackView);
}
