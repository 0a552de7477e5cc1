using System.Globalization;
using ScaleFunctions.Sandbox.Requests;
using ScaleFunctions.Sandbox.Throttling;

namespace ScaleFunctions.Sandbox.Arm;

/// <summary>How a request came through the gate.</summary>
/// <param name="Route">What it asks for.</param>
/// <param name="Refusal">The answer when it did not come through.</param>
/// <param name="Rate">What is left of the rate, where one is counted.</param>
internal sealed record RequestPassage(RequestRoute Route, SandboxAnswer? Refusal, ThrottleReading? Rate)
{
    /// <summary>Tells the client what is left of its rate.</summary>
    public SandboxAnswer Mark(SandboxAnswer answer)
    {
        if (Rate is not null)
        {
            var scope = Route.Subscription.Length == 0 ? "tenant" : "subscription";
            var verb = Route.IsWrite ? "writes" : "reads";
            answer.With($"x-ms-ratelimit-remaining-{scope}-{verb}", Rate.Remaining.ToString(CultureInfo.InvariantCulture));
            answer.With($"x-ms-ratelimit-remaining-{scope}-global-{verb}", Rate.SubscriptionRemaining.ToString(CultureInfo.InvariantCulture));
        }

        return answer;
    }
}
