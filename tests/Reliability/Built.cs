using System.Reflection;

namespace ScaleFunctions.Reliability.Tests;

/// <summary>Where the build put what the tests start, and where their report goes.</summary>
internal static class Built
{
    public static string App => Of("ScaleFunctions");

    public static string KillHook => Of("ScaleFunctions.Reliability.KillHook");

    public static string Policies => Path.Combine(AppContext.BaseDirectory, "policies");

    public static string Report => Path.Combine(Of("Repository"), "artifacts", "reliability.md");

    private static string Of(string key) =>
        Assembly.GetExecutingAssembly().GetCustomAttributes<AssemblyMetadataAttribute>().First(each => each.Key == key).Value!;
}
