using ScaleFunctions.Core.Notifications;

namespace ScaleFunctions.App.Hosting.Api;

/// <summary>Tells which alerts could not be delivered (<c>ApiRead</c>), has them sent again, and puts some off (<c>ApiOperate</c>).</summary>
internal sealed class ApiAlerts(AlertOutbox outbox, AlertSnoozes snoozes, TimeProvider time)
{
    public async Task<ApiAnswer> ListAsync(CancellationToken cancellationToken) => ApiAnswer.Ok(
        new AlertList([.. (await outbox.ListAsync(cancellationToken)).Select(AlertView.Of)], await snoozes.ListAsync(cancellationToken)), ApiJson.Default.AlertList);

    public async Task<ApiAnswer> RetryAsync(string id, HandleCall call, CancellationToken cancellationToken) => ApiHandles.Wrong(call)
        ?? (await outbox.RetryAsync(id, cancellationToken) == 0
            ? ApiAnswer.Of(ApiProblem.NotFound($"there is no alert '{id}' on its way; GET api/v1/alerts lists them"))
            : Done($"the alert {id} is sent again within a minute", until: null));

    public async Task<ApiAnswer> SnoozeAsync(string about, HandleCall call, CancellationToken cancellationToken)
    {
        if (ApiHandles.Wrong(call) is { } problem)
        {
            return problem;
        }

        if (call.Minutes is not >= 1 || call.Minutes > AlertSnooze.Longest.TotalMinutes)
        {
            return ApiAnswer.Of(ApiProblem.BadRequest($"'minutes' is needed, 1 to {AlertSnooze.Longest.TotalMinutes:0}"));
        }

        var snooze = new AlertSnooze(about, call.By, call.Reason, time.GetUtcNow().AddMinutes(call.Minutes.Value));
        await snoozes.SetAsync(snooze, cancellationToken);
        return Done($"nothing but what is critical is told about {about}", snooze.Until);
    }

    public async Task<ApiAnswer> EndSnoozeAsync(string about, HandleCall call, CancellationToken cancellationToken)
    {
        if (ApiHandles.Wrong(call) is { } problem)
        {
            return problem;
        }

        await snoozes.EndAsync(about, cancellationToken);
        return Done($"alerts about {about} are told again", until: null);
    }

    private static ApiAnswer Done(string what, DateTimeOffset? until) => ApiAnswer.Ok(new HandleAnswer(what, until), ApiJson.Default.HandleAnswer);
}
