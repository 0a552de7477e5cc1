namespace ScaleFunctions.Core.Assessments.Leftovers;

/// <summary>Lists what may stand about.</summary>
public interface ILeftoverSource
{
    /// <summary>All of it, or why not: a part would pass for the whole, and what is missing for mended.</summary>
    /// <param name="cancellationToken">Ends the reading.</param>
    Task<StandingReading> ReadAsync(CancellationToken cancellationToken);
}
