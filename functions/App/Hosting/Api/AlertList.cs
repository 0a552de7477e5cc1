using ScaleFunctions.Core.Notifications;

namespace ScaleFunctions.App.Hosting.Api;

/// <summary>Alerts on their way, those that were given up first, and what people want to hear nothing about.</summary>
internal sealed record AlertList(IReadOnlyList<AlertView> Alerts, IReadOnlyList<AlertSnooze> Snoozes);
