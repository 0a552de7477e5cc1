using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;

namespace ScaleFunctions.Bicep.Tests.Templates;

/// <summary>The packaged Bicep program. It has the resource types built in, so nothing here needs a network.</summary>
internal static class BicepProgram
{
    // Restore downloads the program for one platform only.
    public static bool CanRun => OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture == Architecture.X64;

    public static void SkipWhereItCannotRun() => Assert.SkipUnless(
        CanRun,
        $"the packaged Bicep program is for linux-x64, this is {RuntimeInformation.RuntimeIdentifier}");

    public static async Task<BicepRun> RunAsync(string folder, CancellationToken cancellationToken, params string[] arguments)
    {
        var start = new ProcessStartInfo(Location(), arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        using var process = Process.Start(start)!;
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
            var errors = process.StandardError.ReadToEndAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            return new BicepRun(process.ExitCode, await output, await errors);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }

    private static string Location()
    {
        var location = typeof(BicepProgram).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(attribute => attribute.Key == "BicepProgram").Value!;
        return File.Exists(location) ? location : throw new FileNotFoundException($"{location} is missing: run dotnet restore");
    }
}

/// <summary>What a run of Bicep gave back.</summary>
internal sealed record BicepRun(int ExitCode, string Output, string Errors);
