using ScaleFunctions.App.Commands;

namespace ScaleFunctions.App.Hosting.Api;

/// <summary>A changed set of policies on its way from ring to ring: told (<c>ApiRead</c>), halted (<c>ApiOperate</c>), promoted (<c>ApiApprove</c>).</summary>
internal sealed class ApiRollouts(RolloutDesk desk)
{
    public async Task<ApiAnswer> StatusAsync(CancellationToken cancellationToken) =>
        ApiAnswer.Ok(await desk.StatusAsync(cancellationToken), ApiJson.Default.RolloutStatus);

    public Task<ApiAnswer> HaltAsync(HandleCall call, CancellationToken cancellationToken) =>
        AnswerAsync(call, () => desk.HaltAsync(call.By, call.Reason, cancellationToken));

    public Task<ApiAnswer> PromoteAsync(RolloutCall call, CancellationToken cancellationToken) =>
        AnswerAsync(new HandleCall(call.By, call.Reason), () => desk.PromoteAsync(call.All, call.Set, call.Ring, call.By, call.Reason, cancellationToken));

    private static async Task<ApiAnswer> AnswerAsync(HandleCall call, Func<Task<string>> change)
    {
        if (ApiHandles.Wrong(call) is { } problem)
        {
            return problem;
        }

        try
        {
            return ApiAnswer.Ok(new HandleAnswer(await change(), null), ApiJson.Default.HandleAnswer);
        }
        catch (ChangedMeanwhileException exception)
        {
            return ApiAnswer.Of(ApiProblem.Conflict(exception.Message));
        }
        catch (UserErrorException exception)
        {
            return ApiAnswer.Of(ApiProblem.NotFound(exception.Message));
        }
    }
}
