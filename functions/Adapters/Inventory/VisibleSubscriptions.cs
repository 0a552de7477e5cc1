using Azure.ResourceManager.Resources.Models;
using ScaleFunctions.Adapters.Arm;

namespace ScaleFunctions.Adapters.Inventory;

/// <summary>Lists the subscriptions that the identity sees, where none are named.</summary>
internal static class VisibleSubscriptions
{
    /// <param name="arm">The way to Azure.</param>
    /// <param name="problems">Takes what was wrong.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public static async Task<IReadOnlyList<string>> ReadAsync(ArmPipelines arm, List<string> problems, CancellationToken cancellationToken)
    {
        var visible = new List<string>();
        try
        {
            await foreach (var subscription in arm.Client.GetSubscriptions().GetAllAsync(cancellationToken).ConfigureAwait(false))
            {
                if (subscription.Data.State is not (SubscriptionState.Disabled or SubscriptionState.Deleted))
                {
                    visible.Add(subscription.Data.SubscriptionId);
                }
            }

            if (visible.Count == 0)
            {
                problems.Add("the identity sees no subscription");
            }
        }
        catch (Exception exception) when (AzureFaults.Cover(exception, cancellationToken))
        {
            problems.Add($"subscriptions: {AzureFaults.Describe(exception)}");
        }

        return visible;
    }
}
