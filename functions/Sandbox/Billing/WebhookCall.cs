namespace ScaleFunctions.Sandbox.Billing;

/// <summary>A try to call a webhook.</summary>
/// <param name="At">Simulated time of its end.</param>
/// <param name="Address">Whom.</param>
/// <param name="Body">What was sent.</param>
/// <param name="Status">What was answered; absent without an answer.</param>
public sealed record WebhookCall(DateTimeOffset At, Uri Address, string Body, int? Status);
