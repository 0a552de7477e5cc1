namespace ScaleFunctions.Sandbox.Throttling;

/// <param name="Remaining">Tokens left to the principal.</param>
/// <param name="SubscriptionRemaining">Tokens left to the whole subscription.</param>
/// <param name="Wait">Time until a token; absent when one was taken.</param>
internal sealed record ThrottleReading(int Remaining, int SubscriptionRemaining, TimeSpan? Wait);
