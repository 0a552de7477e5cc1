using ScaleFunctions.Sandbox.Faults;
using ScaleFunctions.Sandbox.Requests;
using ScaleFunctions.Sandbox.Throttling;

namespace ScaleFunctions.Sandbox.Arm;

/// <summary>What Azure checks before a request reaches a resource: token, version, rate.</summary>
internal sealed class RequestGate(ArmThrottle throttle, TimeProvider clock)
{
    private const string Challenge =
        "Bearer authorization_uri=\"https://login.microsoftonline.com/common\", error=\"invalid_token\"";

    public RequestPassage Check(SandboxRequest request, RequestRoute route)
    {
        // The price list is public: it asks for no token, and has the version as it likes. Topics take keys as well, and see for themselves.
        if (route.Kind is RequestKind.Unexpected or RequestKind.Prices or RequestKind.TopicEvents)
        {
            return new RequestPassage(route, null, null);
        }

        if (request.Principal is not { } principal)
        {
            return new RequestPassage(route, Unauthorized(), null);
        }

        // Log Analytics has its version in the path, and limits of its own.
        if (route.Kind == RequestKind.LogQuery)
        {
            return new RequestPassage(route, null, null);
        }

        // The regional metrics hosts have limits of their own, which are not published.
        var wrongVersion = ApiVersions.Check(route.Kind, request.Parameter("api-version"));
        if (wrongVersion is not null || route.Kind == RequestKind.MetricsBatch)
        {
            return new RequestPassage(route, wrongVersion, null);
        }

        var reading = route.Kind == RequestKind.ResourceGraph
            ? throttle.TakeQuery(principal, clock.GetUtcNow())
            : throttle.Take(route.Subscription, principal, route.IsWrite, clock.GetUtcNow());
        var refused = reading.Wait is { } wait ? FaultAnswers.Throttled((int)Math.Max(1, Math.Ceiling(wait.TotalSeconds))) : null;
        return new RequestPassage(route, refused, reading);
    }

    private static SandboxAnswer Unauthorized() =>
        SandboxAnswer.Error(401, "AuthenticationFailed", "The request has no bearer token.").With("WWW-Authenticate", Challenge);
}
