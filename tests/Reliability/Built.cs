using System.Reflection;

namespace ScaleFunctions.Reliability.Tests;

/// <summary>Where the build put what the tests start, and where their report goes.</summary>
internal static class Built
{
    /// <summary>The program: RELIABILITY_APP, for example the one of the folder to deploy, or else that of the build.</summary>
    public static string App { get; } = Environment.GetEnvironmentVariable("RELIABILITY_APP") is { Length: > 0 } named ? named : Of("ScaleFunctions");

    /// <summary>How it is started: what carries its own runtime by itself, else by the runtime of the machine.</summary>
    public static IReadOnlyList<string> Command { get; } = App.EndsWith(".dll", StringComparison.Ordinal) ? ["dotnet", App] : [App];

    public static string KillHook => Of("ScaleFunctions.Reliability.KillHook");

    public static string Policies => Path.Combine(AppContext.BaseDirectory, "policies");

    public static string SoakPolicies => Path.Combine(AppContext.BaseDirectory, "policies-soak");

    /// <summary>The root of the sources.</summary>
    public static string Repository => Of("Repository");

    public static string Report => Path.Combine(Repository, "artifacts", "reliability-points.md");

    private static string Of(string key) =>
        Assembly.GetExecutingAssembly().GetCustomAttributes<AssemblyMetadataAttribute>().First(each => each.Key == key).Value!;
}
