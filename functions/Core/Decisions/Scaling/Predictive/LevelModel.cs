namespace ScaleFunctions.Core.Decisions.Scaling.Predictive;

/// <summary>One way to say where the load will lie a lead time ahead, and relative to what it errs.</summary>
/// <param name="Centre">Which series of centres.</param>
/// <param name="Scale">What its errors are measured in.</param>
internal readonly record struct LevelModel(LoadCentre Centre, ErrorScale Scale)
{
    /// <summary>Every centre with every simple scale, and the learned one with its own.</summary>
    public static IReadOnlyList<LevelModel> All { get; } =
    [
        .. from centre in Enum.GetValues<LoadCentre>()
           from scale in Enum.GetValues<ErrorScale>()
           where centre == LoadCentre.Learned || scale != ErrorScale.Learned
           select new LevelModel(centre, scale),
    ];
}
