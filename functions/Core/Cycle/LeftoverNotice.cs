using ScaleFunctions.Core.Notifications;

namespace ScaleFunctions.Core.Cycle;

/// <summary>What an owner is told of what stands about.</summary>
/// <param name="Held">The alert and where it goes.</param>
/// <param name="Mark">The one that it is about; absent where it is about several.</param>
public sealed record LeftoverNotice(HeldAlert Held, LeftoverRecord? Mark);
