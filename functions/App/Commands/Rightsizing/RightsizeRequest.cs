using ScaleFunctions.Core.Policies;

namespace ScaleFunctions.App.Commands.Rightsizing;

/// <summary>Whose sizes shall be looked at, and on which terms.</summary>
internal sealed record RightsizeRequest
{
    public required EstatePlace Place { get; init; }

    /// <summary>Directory of policies that say which resources and on which terms; absent: all that nobody else scales, on the usual ones.</summary>
    public string? Policies { get; init; }

    /// <summary>The terms where no policies are given.</summary>
    public required ResourceRightsizingPolicy Usual { get; init; }
}
