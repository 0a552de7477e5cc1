namespace ScaleFunctions.App.Commands.Plans;

/// <summary>How the inventory stands against the last good one.</summary>
internal sealed record InventoryLine(bool IsShrunk, int Known, int Missing, string Where, DateTimeOffset? Since, DateTimeOffset? AcceptedAt, string ConfirmedBy);
