using System.Reflection;

namespace ScaleFunctions.Reliability.Tests;

/// <summary>Where the build put what the tests start, and where their report goes.</summary>
internal static class Built
{
    public static string App => Of("ScaleFunctions");

    public static string KillHook => Of("ScaleFunctions.Reliability.KillHook");

    public static string Policies => Path.Combine(AppContext.BaseDirectory, "policies");

    public static string SoakPolicies => Path.Combine(AppContext.BaseDirectory, "policies-soak");

    /// <summary>The root of the sources.</summary>
    public static string Repository => Of("Repository");

    public static string Report => Path.Combine(Repository, "artifacts", "reliability-points.md");

    private static string Of(string key) =>
        Assembly.GetExecutingAssembly().GetCustomAttributes<AssemblyMetadataAttribute>().First(each => each.Key == key).Value!;
}
