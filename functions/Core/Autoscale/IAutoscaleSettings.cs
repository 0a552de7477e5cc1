namespace ScaleFunctions.Core.Autoscale;

/// <summary>Lists settings of Azure's own autoscale.</summary>
public interface IAutoscaleSettings
{
    /// <summary>Lists those of a subscription. Faults are part of the answer, never exceptions.</summary>
    Task<AutoscaleListing> ListAsync(string subscription, CancellationToken cancellationToken);
}
