namespace ScaleFunctions.Core.Policies;

/// <summary>Where alerts of a policy go. Addresses and keys are secrets: a policy names the app setting that holds them.</summary>
/// <param name="Type">What kind of channel: one of <see cref="AlertChannelBinding.Types"/>.</param>
/// <param name="Setting">App setting that holds the address; begins with <see cref="AlertChannelBinding.Prefix"/>. Empty for an action group, whose rule is part of the deployment.</param>
/// <param name="KeySetting">App setting that holds the key a generic webhook is signed with, or that of a topic; empty where there is none.</param>
public sealed record AlertChannel(string Type, string Setting, string KeySetting = "");
