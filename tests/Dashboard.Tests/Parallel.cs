// Each test keeps a browser and a simulated Azure busy.
[assembly: Xunit.v3.Parallelization(MaxThreads = 2)]
[assembly: AssemblyFixture(typeof(ScaleFunctions.Dashboard.Tests.Browsers))]
