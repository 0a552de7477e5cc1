using ScaleFunctions.App.Commands;

namespace ScaleFunctions.App.Hosting.Api;

/// <summary>The sets of policies: told and compared (<c>ApiRead</c>), chosen (<c>ApiApprove</c>).</summary>
internal sealed class ApiPolicies(PolicyDesk desk)
{
    public async Task<ApiAnswer> ListAsync(CancellationToken cancellationToken) =>
        ApiAnswer.Ok(await desk.ListAsync(cancellationToken), ApiJson.Default.PolicySetList);

    public async Task<ApiAnswer> CompareAsync(string from, string to, CancellationToken cancellationToken)
    {
        if (to.Length == 0)
        {
            return ApiAnswer.Of(ApiProblem.BadRequest("'to' is needed: the hash of a set, or in-force, waiting, next or latest"));
        }

        try
        {
            // A caller names no directories of the app.
            return ApiAnswer.Ok(await desk.CompareAsync(from.Length == 0 ? null : from, to, _ => null, cancellationToken), ApiJson.Default.PolicySetsDifference);
        }
        catch (UserErrorException exception)
        {
            return ApiAnswer.Of(ApiProblem.NotFound(exception.Message));
        }
    }

    public async Task<ApiAnswer> ActivateAsync(PolicyCall call, CancellationToken cancellationToken)
    {
        if (ApiHandles.Wrong(new HandleCall(call.By, call.Reason)) is { } problem)
        {
            return problem;
        }

        if (string.IsNullOrWhiteSpace(call.Set))
        {
            return ApiAnswer.Of(ApiProblem.BadRequest("'set' is needed: the hash of a kept set, or latest"));
        }

        try
        {
            return ApiAnswer.Ok(new HandleAnswer(await desk.ActivateAsync(call.Set, call.By, call.Reason, cancellationToken), null), ApiJson.Default.HandleAnswer);
        }
        catch (UserErrorException exception)
        {
            return ApiAnswer.Of(ApiProblem.NotFound(exception.Message));
        }
    }
}
