using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.State;

namespace ScaleFunctions.App.Hosting.Api;

/// <summary>What needs a person: it is told (<c>ApiRead</c>), asked for (<c>ApiOperate</c>) and answered (<c>ApiApprove</c>).</summary>
internal sealed class ApiApprovals(ApprovalDesk desk, RowStore rows, TimeProvider time, ILogger<ApiApprovals> logger)
{
    private const int LongestWindow = 60;

    public async Task<ApiAnswer> ListAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var fleet = await rows.ReadFleetAsync(cancellationToken);
        return ApiAnswer.Ok(new ApprovalList([.. fleet.Approvals.Reverse().Select(each => ApprovalView.Of(each, now))]), ApiJson.Default.ApprovalList);
    }

    public async Task<ApiAnswer> ShowAsync(string id, CancellationToken cancellationToken) =>
        ApprovalDesk.Find(await rows.ReadFleetAsync(cancellationToken), id) is { } row
            ? ApiAnswer.Ok(
                ApprovalView.Of(row, time.GetUtcNow()) with { Lowerings = (await desk.DetailsAsync(row.Id, cancellationToken)).Targets },
                ApiJson.Default.ApprovalView)
            : None(id);

    /// <summary>Asks that somebody else lets lowerings beyond the cap be made for a while.</summary>
    public async Task<ApiAnswer> AskForLoweringsAsync(HandleCall call, CancellationToken cancellationToken)
    {
        if (ApiHandles.Wrong(call) is { } problem)
        {
            return problem;
        }

        if (call.Minutes is not (>= 1 and <= LongestWindow))
        {
            return ApiAnswer.Of(ApiProblem.BadRequest($"'minutes' is needed, 1 to {LongestWindow}"));
        }

        return Answer(await desk.AskForWindowAsync(call.By, call.Reason, call.Minutes.Value, cancellationToken));
    }

    public async Task<ApiAnswer> AnswerAsync(string id, ApprovalCall call, bool isApproved, CancellationToken cancellationToken)
    {
        if (ApiHandles.Wrong(new HandleCall(call.By, call.Reason)) is { } problem)
        {
            return problem;
        }

        switch (await desk.AnswerAsync(id, isApproved, call.By, call.Reason, call.BreakGlass, cancellationToken))
        {
            case ApprovalResult.Answered { Row: var row }:
                if (row.Answer is { IsBreakGlass: true })
                {
                    Log.GlassBroken(logger, call.By, row.Id, row.What, call.Reason);
                }

                return Answer(row);
            case ApprovalResult.Refused refused:
                return ApiAnswer.Of(ApiProblem.Conflict($"{id}: {refused.Why}"));
            default:
                return None(id);
        }
    }

    private ApiAnswer Answer(ApprovalRow row) => ApiAnswer.Ok(ApprovalView.Of(row, time.GetUtcNow()), ApiJson.Default.ApprovalView);

    private static ApiAnswer None(string id) => ApiAnswer.Of(ApiProblem.NotFound($"there is no approval '{id}'; GET api/v1/approvals lists them"));

    private static class Log
    {
        private static readonly Action<ILogger, string, string, string, string, Exception?> GlassBrokenMessage = LoggerMessage.Define<string, string, string, string>(
            LogLevel.Error, new EventId(1211, nameof(GlassBroken)), "BREAK GLASS: {By} approved their own request {Id} ({What}): {Reason}");

        public static void GlassBroken(ILogger logger, string by, string id, string what, string reason) => GlassBrokenMessage(logger, by, id, what, reason, null);
    }
}
