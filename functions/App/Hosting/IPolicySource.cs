using ScaleFunctions.Core.Policies;

namespace ScaleFunctions.App.Hosting;

/// <summary>The policies in force.</summary>
internal interface IPolicySource
{
    Task<PolicySet> CurrentAsync(CancellationToken cancellationToken);
}
