namespace ScaleFunctions.App.Tests.Hosting;

/// <summary>The two ways the program is built.</summary>
public enum HostedBuild
{
    /// <summary>What <c>dotnet build</c> makes; needs a .NET runtime on the machine.</summary>
    FrameworkDependent,

    /// <summary>The folder to deploy: <c>dotnet build functions/App -t:StageFunctionApp</c>.</summary>
    Published,
}
